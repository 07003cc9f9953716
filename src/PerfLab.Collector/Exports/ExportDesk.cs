using PerfLab.Collector.Arms;
using PerfLab.Collector.Bodies;
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
    public ExportOutcome Take(ArmChannel arm, Signal signal, PooledBody wire, bool compressed)
    {
        if (!compressed)
        {
            return TakeDecoded(arm, signal, wire.Written, wire.Length);
        }

        using var decoded = new PooledBody(arm.Budget, limits.MaxDecodedBytes);
        var fault = GzipDecoder.Decode(wire, decoded);
        return fault == BodyFault.None
            ? TakeDecoded(arm, signal, decoded.Written, wire.Length)
            : Refuse(arm, signal, wire.Length, Refusals.Of(fault, limits, decompressing: true));
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

    private ExportOutcome TakeDecoded(ArmChannel arm, Signal signal, ReadOnlySpan<byte> payload, long wireBytes)
    {
        if (payload.Length > limits.MaxDecodedBytes)
        {
            return Refuse(arm, signal, wireBytes, Refusals.Of(BodyFault.TooLarge, limits, decompressing: true));
        }

        var shape = signal == Signal.Traces ? OtlpShapes.TraceRequest : OtlpShapes.Opaque;
        if (!PayloadCheck.Passes(payload, shape, limits.MaxNesting, out var fault, out var position))
        {
            return Refuse(arm, signal, wireBytes, Refusals.Malformed(fault, position, payload.Length, limits.MaxNesting));
        }

        if (signal != Signal.Traces)
        {
            arm.Ledger.AcceptOther(wireBytes);
            return ExportOutcome.Accepted;
        }

        var rejected = arm.Ledger.Accept(payload, wireBytes, payload.Length);
        return rejected == 0 ? ExportOutcome.Accepted : Refusals.WithoutIds(rejected);
    }
}
