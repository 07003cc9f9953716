using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Targets;

/// <summary>
/// Notices that a starting target will hardly get ready: it refuses the readiness request, or it listens at other ports than
/// the one that it was told.
/// </summary>
internal sealed class MisfitWatch(LaunchSpecification specification, TrackedProcessTree tree)
{
    // All sockets and descriptors are looked through: seldom enough not to slow the start down.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private TimeSpan? _since;
    private TimeSpan _lookedAt;

    /// <summary>
    /// Notes what came of the readiness request. Redirections and errors of the client do not go away; those of the server may, and
    /// so may that nothing answers at the port.
    /// </summary>
    /// <param name="answer">What came of it.</param>
    /// <param name="now">Time since the start.</param>
    public void Note(ReadinessAnswer answer, TimeSpan now)
    {
        if (answer.Status is { } status)
        {
            Note(status is >= 300 and < 500, now);
        }
        else if (answer.Failure is not null && specification.MisfitLimit is not null && now - _lookedAt >= s_interval)
        {
            _lookedAt = now;
            Note(OtherPorts().Count > 0, now);
        }
    }

    /// <summary>Tells whether it has lasted so long that waiting makes no sense.</summary>
    /// <param name="now">Time since the start.</param>
    public bool IsOver(TimeSpan now) => now - _since > specification.MisfitLimit;

    /// <summary>Gets the ports at which the target listens although it was told another; empty where it listens at that one or at none.</summary>
    public IReadOnlyList<int> OtherPorts()
    {
        tree.Refresh();
        var ports = PortOwner.ListeningPorts(tree.Members);
        return ports.Contains(specification.Address.Port) ? [] : ports;
    }

    private void Note(bool isMisfit, TimeSpan now) => _since = isMisfit ? _since ?? now : null;
}
