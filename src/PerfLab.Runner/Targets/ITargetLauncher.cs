using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Targets;

/// <summary>Starts processes of targets.</summary>
internal interface ITargetLauncher
{
    /// <summary>Starts a process and waits until it is ready.</summary>
    /// <exception cref="TargetFailedException">It could not be started, ended, or was not ready in time; nothing is left running.</exception>
    Task<ITargetProcess> StartAsync(LaunchSpecification specification, CancellationToken cancellationToken);
}

/// <summary>One process to be started, with every placeholder filled in.</summary>
internal sealed record LaunchSpecification
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets the process's name in the scenario.</summary>
    public required string Process { get; init; }

    /// <summary>Gets the program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Gets the environment variables on top of what is inherited; null removes one.</summary>
    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    /// <summary>Gets the working folder.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Gets the base address on which it will listen.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gets the path that answers when it is ready.</summary>
    public required string ReadyPath { get; init; }

    /// <summary>Gets how long it may take to get ready.</summary>
    public required TimeSpan ReadyTimeout { get; init; }

    /// <summary>Gets the file that takes what it prints.</summary>
    public required string LogFile { get; init; }

    /// <summary>Gets the processors it may use; null leaves it where the operating system puts it.</summary>
    public required IReadOnlyList<int>? Cores { get; init; }

    /// <summary>
    /// Gets how long it may refuse the readiness request (300 to 499) or listen at other ports only before the start is given up;
    /// null leaves it until <see cref="ReadyTimeout"/>.
    /// </summary>
    public TimeSpan? MisfitLimit { get; init; }
}

/// <summary>A started, ready process of a target.</summary>
internal interface ITargetProcess : IAsyncDisposable
{
    /// <summary>Gets the name in the scenario.</summary>
    string Name { get; }

    /// <summary>Gets the identity in the operating system.</summary>
    int ProcessId { get; }

    /// <summary>Gets the processes that answer requests: itself, or some that it started.</summary>
    IReadOnlyList<int> ServingProcessIds => [ProcessId];

    /// <summary>Gets the time from its start until it was ready.</summary>
    double ReadySeconds { get; }

    /// <summary>Gets the source of its readings.</summary>
    IReadingSource Readings { get; }

    /// <summary>Gets what the probe noted when the process ended by itself; null before, without a probe, and when it was killed.</summary>
    ProbeExitReport? ProbeExitReport => null;

    /// <summary>Gets the bytes and line ends that it and its descendants have printed so far.</summary>
    (long Bytes, long Lines) Printed => (0, 0);

    /// <summary>Throws when the process is no longer alive.</summary>
    /// <exception cref="TargetFailedException">The process ended by itself; the message has its exit code and last words.</exception>
    void EnsureAlive();

    /// <summary>Throws when the processes that answered its requests have ended, although the one that started them has not.</summary>
    /// <exception cref="TargetFailedException">They have; the message has its last words.</exception>
    void EnsureAnswering()
    {
    }

    /// <summary>Moves it, and what it started, to other processors; does nothing where the platform cannot.</summary>
    /// <param name="cores">Its processors from now on.</param>
    void MoveTo(IReadOnlyList<int> cores);

    /// <summary>Asks it to stop and waits; kills it when it does not.</summary>
    /// <returns>The exit code, or null when it had to be killed.</returns>
    Task<int?> StopAsync();
}

/// <summary>A target could not be started, did not get ready, or died. The message has what, where and what to do.</summary>
/// <param name="message">Three-part message.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class TargetFailedException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Gets a value indicating whether another program had taken its port, so that another port may do.</summary>
    internal bool IsPortTaken { get; init; }

    /// <summary>Gets the ports at which the target listened in place of the one that it was told; empty where it did not.</summary>
    internal IReadOnlyList<int> OtherPorts { get; init; } = [];
}
