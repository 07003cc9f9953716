using PerfLab.Collector.Arms;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Json;
using PerfLab.Collector.Schema;
using PerfLab.Collector.Traces;

namespace PerfLab.Collector.Exports;

/// <summary>Decompresses, checks and accounts for one request, whichever transport brought it.</summary>
/// <param name="limits">How much is taken.</param>
internal sealed class ExportDesk(BodyLimits limits)
{
    /// <summary>Enters a refusal of a request that could not be read in the arm's ledger.</summary>
    /// <param name="arm">Whose request it is.</param>
    /// <param name="signal">What it carries.</param>
    /// <param name="wireBytes">How much of its body arrived.</param>
    /// <param name="outcome">The refusal, which is returned.</param>
    public static ExportOutcome RefuseUnread(ArmChannel arm, Signal signal, long wireBytes, ExportOutcome outcome) =>
        Refuse(arm, signal, spans: null, wireBytes, outcome);

    /// <summary>Takes or refuses a request, and enters it in the arm's ledger.</summary>
    /// <param name="request">The request.</param>
    /// <param name="instead">
    /// What becomes of it, whatever it holds, if the back end is in trouble: then its spans are counted as refused.
    /// Null to take it.
    /// </param>
    public ExportOutcome Take(in ExportRequest request, ExportOutcome? instead = null)
    {
        var (arm, wire) = (request.Arm, request.Body);
        using var charged = arm.Cpu.Begin();
        using var decoded = new PooledBody(arm.Budget, limits.MaxDecodedBytes);
        var fault = request.Compressed ? GzipDecoder.Decode(wire, decoded)
            : wire.Length > limits.MaxDecodedBytes ? BodyFault.TooLarge
            : BodyFault.None;
        if (fault != BodyFault.None)
        {
            return RefuseUnread(arm, request.Signal, wire.Length, instead ?? Refusals.Of(fault, limits, decompressing: true));
        }

        var payload = request.Compressed ? decoded : wire;
        if (request.Format == PayloadFormat.Protobuf)
        {
            return TakeProtobuf(request, payload.Written, payload.Length, instead);
        }

        var maxBytes = (int)Math.Min((long)JsonTranscoder.MaxGrowth * limits.MaxDecodedBytes, Array.MaxLength);
        using var transcoded = new PooledBody(arm.Budget, maxBytes);
        return JsonTranscoder.Transcode(payload.Written, ShapeOf(request.Signal), limits.MaxNesting, transcoded) is { } wrong
            ? RefuseUnread(arm, request.Signal, wire.Length, instead ?? Refusals.Of(wrong, payload.Length, limits))
            : TakeProtobuf(request, transcoded.Written, payload.Length, instead);
    }

    private static ExportOutcome Refuse(ArmChannel arm, Signal signal, long? spans, long wireBytes, ExportOutcome outcome)
    {
        if (signal == Signal.Traces)
        {
            arm.Ledger.Refuse(spans, wireBytes);
        }

        return outcome;
    }

    private static MessageShape ShapeOf(Signal signal) => signal == Signal.Traces ? OtlpShapes.TraceRequest : OtlpShapes.Opaque;

    private ExportOutcome TakeProtobuf(in ExportRequest request, ReadOnlySpan<byte> payload, long decodedBytes, ExportOutcome? instead)
    {
        var (arm, signal, wireBytes) = (request.Arm, request.Signal, request.Body.Length);
        if (!PayloadCheck.Passes(payload, ShapeOf(signal), limits.MaxNesting, out var fault, out var position))
        {
            var malformed = Refusals.Malformed(fault, position, payload.Length, limits.MaxNesting);
            return RefuseUnread(arm, signal, wireBytes, instead ?? malformed);
        }

        if (instead is { } outcome)
        {
            return Refuse(arm, signal, SpanWalk.Count(payload), wireBytes, outcome);
        }

        if (signal != Signal.Traces)
        {
            arm.Ledger.AcceptOther(wireBytes);
            return ExportOutcome.Accepted;
        }

        var rejected = arm.Ledger.Accept(payload, wireBytes, decodedBytes);
        arm.Forwarder?.Offer(payload, SpanWalk.Count(payload));
        arm.Keeper.Take(payload, request.SentAsPayload ? null : request.Body, request.Compressed);
        arm.Take(payload);
        return rejected == 0 ? ExportOutcome.Accepted : Refusals.WithoutIds(rejected);
    }
}
