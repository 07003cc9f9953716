using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Targets;

/// <summary>A started, ready process of a target.</summary>
internal interface ITargetProcess : IAsyncDisposable
{
    /// <summary>Gets the name in the scenario.</summary>
    string Name { get; }

    /// <summary>Gets the identity in the operating system.</summary>
    int ProcessId { get; }

    /// <summary>Gets the time from its start until it was ready.</summary>
    double ReadySeconds { get; }

    /// <summary>Gets the source of its readings.</summary>
    IReadingSource Readings { get; }

    /// <summary>Gets what the probe noted when the process ended by itself; null before, without a probe, and when it was killed.</summary>
    ExitCounts? ExitCounts => null;

    /// <summary>Throws when the process is no longer alive.</summary>
    /// <exception cref="TargetFailedException">The process ended by itself; the message has its exit code and last words.</exception>
    void EnsureAlive();

    /// <summary>Moves it, and what it started, to other processors; does nothing where the platform cannot.</summary>
    /// <param name="cores">Its processors from now on.</param>
    void MoveTo(IReadOnlyList<int> cores);

    /// <summary>Asks it to stop and waits; kills it when it does not.</summary>
    /// <returns>The exit code, or null when it had to be killed.</returns>
    Task<int?> StopAsync();
}
