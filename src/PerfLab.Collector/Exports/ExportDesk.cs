using PerfLab.Collector.Arms;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Json;
using PerfLab.Collector.Schema;

namespace PerfLab.Collector.Exports;

/// <summary>Decompresses, checks and accounts for one request, whichever transport brought it.</summary>
/// <param name="limits">How much is taken.</param>
internal sealed class ExportDesk(BodyLimits limits)
{
    /// <summary>Takes or refuses a request, and enters it in the arm's ledger.</summary>
    /// <param name="arm">Whose it is.</param>
    /// <param name="signal">What it carries.</param>
    /// <param name="wire">The body as sent.</param>
    /// <param name="compressed">True if it is gzip.</param>
    /// <param name="format">How the payload is written.</param>
    public ExportOutcome Take(ArmChannel arm, Signal signal, PooledBody wire, bool compressed, PayloadFormat format)
    {
        using var decoded = new PooledBody(arm.Budget, limits.MaxDecodedBytes);
        var fault = compressed ? GzipDecoder.Decode(wire, decoded)
            : wire.Length > limits.MaxDecodedBytes ? BodyFault.TooLarge
            : BodyFault.None;
        if (fault != BodyFault.None)
        {
            return Refuse(arm, signal, wire.Length, Refusals.Of(fault, limits, decompressing: true));
        }

        var payload = compressed ? decoded : wire;
        if (format == PayloadFormat.Protobuf)
        {
            return TakeProtobuf(arm, signal, payload.Written, wire.Length, payload.Length);
        }

        using var transcoded = new PooledBody(arm.Budget, (int)Math.Min((long)JsonTranscoder.MaxGrowth * limits.MaxDecodedBytes, Array.MaxLength));
        return JsonTranscoder.Transcode(payload.Written, ShapeOf(signal), limits.MaxNesting, transcoded) is { } wrong
            ? Refuse(arm, signal, wire.Length, Refusals.Of(wrong, payload.Length, limits))
            : TakeProtobuf(arm, signal, transcoded.Written, wire.Length, payload.Length);
    }

    /// <summary>Enters a refusal in the arm's ledger.</summary>
    /// <param name="arm">Whose request it is.</param>
    /// <param name="signal">What it carries.</param>
    /// <param name="wireBytes">How much of its body arrived.</param>
    /// <param name="outcome">The refusal, which is returned.</param>
    public static ExportOutcome Refuse(ArmChannel arm, Signal signal, long wireBytes, ExportOutcome outcome)
    {
        if (signal == Signal.Traces)
        {
            arm.Ledger.Refuse(spans: null, wireBytes);
        }

        return outcome;
    }

    private static MessageShape ShapeOf(Signal signal) => signal == Signal.Traces ? OtlpShapes.TraceRequest : OtlpShapes.Opaque;

    private ExportOutcome TakeProtobuf(ArmChannel arm, Signal signal, ReadOnlySpan<byte> payload, long wireBytes, long decodedBytes)
    {
        if (!PayloadCheck.Passes(payload, ShapeOf(signal), limits.MaxNesting, out var fault, out var position))
        {
            return Refuse(arm, signal, wireBytes, Refusals.Malformed(fault, position, payload.Length, limits.MaxNesting));
        }

        if (signal != Signal.Traces)
        {
            arm.Ledger.AcceptOther(wireBytes);
            return ExportOutcome.Accepted;
        }

        var rejected = arm.Ledger.Accept(payload, wireBytes, decodedBytes);
        return rejected == 0 ? ExportOutcome.Accepted : Refusals.WithoutIds(rejected);
    }
}
