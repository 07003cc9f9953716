using System.Diagnostics;

namespace Shop.Sampling;

/// <summary>The ids of the latest traces that were kept for what happened in them, so that what comes later of them is kept too. For many threads.</summary>
/// <param name="capacity">How many are remembered; the oldest is forgotten first.</param>
internal sealed class SampledTraceIds(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<ActivityTraceId> _order = new();
    private readonly HashSet<ActivityTraceId> _ids = [];

    /// <summary>Remembers a trace.</summary>
    public void Add(ActivityTraceId id)
    {
        lock (_gate)
        {
            if (!_ids.Add(id))
            {
                return;
            }

            _order.Enqueue(id);
            if (_order.Count > capacity)
            {
                _ids.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Returns whether a trace is remembered.</summary>
    public bool Contains(ActivityTraceId id)
    {
        lock (_gate)
        {
            return _ids.Contains(id);
        }
    }
}
