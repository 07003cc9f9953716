namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Takes down, in order, what the doubles were asked to do.</summary>
internal sealed class EventLog
{
    private readonly Lock _gate = new();
    private readonly List<string> _events = [];

    /// <summary>Gets everything so far.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    public void Add(string text)
    {
        lock (_gate)
        {
            _events.Add(text);
        }
    }
}
