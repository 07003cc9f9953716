using PerfLab.Collector.Payloads;

namespace PerfLab.Collector.Exports;

/// <summary>Decompresses, checks and accounts for one request, whichever transport brought it.</summary>
/// <param name="limits">How much is taken.</param>
internal sealed class ExportHandler(BodyLimits limits)
{
    /// <summary>Enters a refusal of a request that could not be read in the arm's ledger.</summary>
    /// <param name="arm">Whose request it is.</param>
    /// <param name="signal">What it carries.</param>
    /// <param name="wireBytes">How much of its body arrived.</param>
    /// <param name="outcome">The refusal, which is returned.</param>
    public static ExportOutcome RejectUnread(ArmReceiver arm, Signal signal, long wireBytes, ExportOutcome outcome) =>
        Reject(arm, signal, spans: null, wireBytes, outcome);

    /// <summary>Takes or refuses a request, and enters it in the arm's ledger.</summary>
    /// <param name="request">The request.</param>
    /// <param name="instead">
    /// What becomes of it, whatever it holds, if the back end is in trouble: then its spans are counted as refused.
    /// Null to take it.
    /// </param>
    public ExportOutcome Handle(in ExportRequest request, ExportOutcome? instead = null)
    {
        var (arm, wire) = (request.Arm, request.Body);
        using var charged = arm.Cpu.Begin();
        using var decoded = new PooledBody(arm.Budget, limits.MaxDecodedBytes);
        var fault = request.Compressed ? GzipDecoder.Decode(wire, decoded)
            : wire.Length > limits.MaxDecodedBytes ? BodyError.TooLarge
            : BodyError.None;
        if (fault != BodyError.None)
        {
            return RejectUnread(arm, request.Signal, wire.Length, instead ?? ExportRejections.Of(fault, limits, decompressing: true));
        }

        var payload = request.Compressed ? decoded : wire;
        if (request.Format == PayloadFormat.Protobuf)
        {
            return HandleProtobuf(request, payload.Written, payload.Length, instead);
        }

        var maxBytes = (int)Math.Min((long)JsonTranscoder.MaxGrowth * limits.MaxDecodedBytes, Array.MaxLength);
        using var transcoded = new PooledBody(arm.Budget, maxBytes);
        return JsonTranscoder.Transcode(payload.Written, ShapeOf(request.Signal), limits.MaxNesting, transcoded) is { } wrong
            ? RejectUnread(arm, request.Signal, wire.Length, instead ?? ExportRejections.Of(wrong, payload.Length, limits))
            : HandleProtobuf(request, transcoded.Written, payload.Length, instead);
    }

    private static ExportOutcome Reject(ArmReceiver arm, Signal signal, long? spans, long wireBytes, ExportOutcome outcome)
    {
        if (signal == Signal.Traces)
        {
            arm.Ledger.Refuse(spans, wireBytes);
        }

        return outcome;
    }

    private static MessageSchema ShapeOf(Signal signal) => signal == Signal.Traces ? OtlpSchema.TraceRequest : OtlpSchema.Opaque;

    private ExportOutcome HandleProtobuf(in ExportRequest request, ReadOnlySpan<byte> payload, long decodedBytes, ExportOutcome? instead)
    {
        var (arm, signal, wireBytes) = (request.Arm, request.Signal, request.Body.Length);
        if (!PayloadValidator.Passes(payload, ShapeOf(signal), limits.MaxNesting, out var fault, out var position))
        {
            var malformed = ExportRejections.Malformed(fault, position, payload.Length, limits.MaxNesting);
            return RejectUnread(arm, signal, wireBytes, instead ?? malformed);
        }

        if (instead is { } outcome)
        {
            return Reject(arm, signal, SpanWalker.Count(payload), wireBytes, outcome);
        }

        if (signal != Signal.Traces)
        {
            arm.Ledger.AcceptOther(wireBytes);
            return ExportOutcome.Accepted;
        }

        var rejected = arm.Ledger.Accept(payload, wireBytes, decodedBytes);
        arm.Forwarder?.Offer(payload, SpanWalker.Count(payload));
        arm.Capture.Add(payload, request.SentAsPayload ? null : request.Body, request.Compressed);
        arm.Take(payload);
        return rejected == 0 ? ExportOutcome.Accepted : ExportRejections.InvalidIds(rejected);
    }
}

/// <summary>A request whose body arrived.</summary>
/// <param name="Arm">Whose it is.</param>
/// <param name="Signal">What it carries.</param>
/// <param name="Body">The body as sent.</param>
/// <param name="Compressed">True if the body is gzip.</param>
/// <param name="Format">How the payload is written.</param>
internal readonly record struct ExportRequest(ArmReceiver Arm, Signal Signal, PooledBody Body, bool Compressed, PayloadFormat Format)
{
    /// <summary>Gets a value indicating whether the body is the message itself.</summary>
    public bool SentAsPayload => !Compressed && Format == PayloadFormat.Protobuf;
}

/// <summary>What kind of telemetry a request carries.</summary>
internal enum Signal
{
    /// <summary>None that OTLP has a stable form for.</summary>
    Unknown = 0,

    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Metrics; taken and counted as another signal.</summary>
    Metrics,

    /// <summary>Log records; taken and counted as another signal.</summary>
    Logs,
}

/// <summary>How a payload is written.</summary>
internal enum PayloadFormat
{
    /// <summary>None that OTLP knows.</summary>
    Unknown = 0,

    /// <summary>Protobuf's wire format.</summary>
    Protobuf,

    /// <summary>Protobuf's JSON mapping with OTLP's deviations.</summary>
    Json,
}
