using PerfLab.Collector.Payloads;

namespace PerfLab.Collector.TailSampling;

/// <summary>What was decided of the last traces, so that late spans follow.</summary>
/// <param name="capacity">How many traces are remembered; the oldest are forgotten, and a span of one begins it anew.</param>
internal sealed class DecisionCache(int capacity)
{
    private readonly Dictionary<TraceKey, bool> kept = [];
    private readonly Queue<TraceKey> order = new();

    /// <summary>Remembers a decision.</summary>
    public void Add(TraceKey trace, bool isKept)
    {
        if (!kept.TryAdd(trace, isKept))
        {
            kept[trace] = isKept;
            return;
        }

        order.Enqueue(trace);
        if (order.Count > capacity)
        {
            kept.Remove(order.Dequeue());
        }
    }

    /// <summary>Gets a decision, if there was one and it is not forgotten.</summary>
    public bool TryGet(TraceKey trace, out bool isKept) => kept.TryGetValue(trace, out isKept);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        kept.Clear();
        order.Clear();
    }
}
