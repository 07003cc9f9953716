namespace PerfLab.Load.NullServers;

/// <summary>Answers that are kept back, all for the same time, so the first to come is the first to go.</summary>
/// <param name="delayNanoseconds">How long.</param>
/// <param name="isOneAtATime">Whether the time of one begins when the one before has gone.</param>
internal sealed class PendingResponses(long delayNanoseconds, bool isOneAtATime)
{
    private readonly Queue<(int Descriptor, long DueNanoseconds)> _queue = new();
    private long _lastDueNanoseconds;

    public long NextDueNanoseconds => _queue.TryPeek(out var next) ? next.DueNanoseconds : long.MaxValue;

    public void Add(int descriptor, long now)
    {
        _lastDueNanoseconds = delayNanoseconds + (isOneAtATime ? Math.Max(now, _lastDueNanoseconds) : now);
        _queue.Enqueue((descriptor, _lastDueNanoseconds));
    }

    public bool TryTakeDue(long now, out int descriptor)
    {
        var isDue = _queue.TryPeek(out var next) && next.DueNanoseconds <= now;
        descriptor = isDue ? _queue.Dequeue().Descriptor : -1;
        return isDue;
    }

    /// <summary>Drops what a closed connection waited for: its number may soon be another's.</summary>
    public void Forget(int descriptor)
    {
        for (var left = _queue.Count; left > 0; left--)
        {
            var item = _queue.Dequeue();
            if (item.Descriptor != descriptor)
            {
                _queue.Enqueue(item);
            }
        }
    }
}
