using PerfLab.Experiments.Results;

namespace PerfLab.Collector.TailSampling;

/// <summary>Counts what a tail sampler does.</summary>
/// <param name="rules">How many rules it has.</param>
internal sealed class TailCounts(int rules)
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
    public void Judged(int? rule, bool forRoom)
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
    public void Spans(bool isKept, long count, bool areLate)
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
    public TailRecord Read() => new()
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
