using PerfLab.Experiments.Results;

namespace PerfLab.Collector.TailSampling;

/// <summary>Counts what a tail sampler does.</summary>
/// <param name="rules">How many rules it has.</param>
internal sealed class TailSamplerCounters(int rules)
{
    private readonly long[] keptByRule = new long[rules];
    private long droppedTraces;
    private long cutShort;
    private long droppedForRoom;
    private long keptSpans;
    private long droppedSpans;
    private long lateSpans;

    /// <summary>Counts a trace that was judged.</summary>
    /// <param name="rule">The rule that keeps it, or null.</param>
    /// <param name="forRoom">Whether it was judged before its time for lack of room.</param>
    public void CountTrace(int? rule, bool forRoom)
    {
        if (rule is { } index)
        {
            keptByRule[index]++;
        }
        else
        {
            droppedTraces++;
            droppedForRoom += forRoom ? 1 : 0;
        }

        cutShort += forRoom ? 1 : 0;
    }

    /// <summary>Counts spans that share the fate of their trace.</summary>
    public void CountSpans(bool isKept, long count, bool areLate)
    {
        keptSpans += isKept ? count : 0;
        droppedSpans += isKept ? 0 : count;
        lateSpans += areLate ? count : 0;
    }

    /// <summary>Starts again at zero.</summary>
    public void Clear()
    {
        Array.Clear(keptByRule);
        (droppedTraces, cutShort, droppedForRoom, keptSpans, droppedSpans, lateSpans) = (0, 0, 0, 0, 0, 0);
    }

    /// <summary>Reads all counts.</summary>
    public TailSamplingRecord Read() => new()
    {
        KeptByRule = [.. keptByRule],
        DroppedTraceCount = droppedTraces,
        CutShortTraceCount = cutShort,
        DroppedForRoomTraceCount = droppedForRoom,
        KeptSpanCount = keptSpans,
        DroppedSpanCount = droppedSpans,
        LateSpanCount = lateSpans,
    };
}

/// <summary>What a tail sampler did, read at one moment.</summary>
/// <param name="PeakBytes">The most bytes held back at once.</param>
/// <param name="PeakTraces">The most traces held back at once.</param>
/// <param name="Counts">What became of the traces.</param>
internal sealed record TailSamplerSnapshot(long PeakBytes, int PeakTraces, TailSamplingRecord Counts);

/// <summary>What undecided traces hold, now and at most.</summary>
internal sealed class MemoryUsage
{
    /// <summary>Gets the bytes held now.</summary>
    public long Bytes { get; private set; }

    /// <summary>Gets the traces held now.</summary>
    public int Traces { get; private set; }

    /// <summary>Gets the most bytes held since the peaks were last forgotten.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Gets the most traces held since then.</summary>
    public int PeakTraces { get; private set; }

    /// <summary>Adds bytes and traces, or takes them away.</summary>
    public void Change(long bytes, int traces)
    {
        Bytes += bytes;
        Traces += traces;
        PeakBytes = Math.Max(PeakBytes, Bytes);
        PeakTraces = Math.Max(PeakTraces, Traces);
    }

    /// <summary>Lets the peaks begin again at what is held now.</summary>
    public void ResetPeaks() => (PeakBytes, PeakTraces) = (Bytes, Traces);
}
