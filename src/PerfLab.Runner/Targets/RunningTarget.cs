using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CliWrap;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Targets;

/// <summary>A target process that this program started and therefore stops.</summary>
internal sealed partial class RunningTarget(
    LaunchSpecification specification,
    CommandTask<CommandResult> running,
    TrackedProcessTree tree,
    TargetLog log,
    CancellationTokenSource forceful,
    string probeFolder) : ITargetProcess
{
    // Ten seconds are what container platforms commonly give between SIGTERM and SIGKILL, at the least.
    internal static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopPollInterval = TimeSpan.FromMilliseconds(10);
    private const int SignalTerminate = 15;

    private IReadingSource? _readings;
    private IReadOnlyList<int> _serving = [];
    private ProcessIdentity[] _answering = [];
    private bool _isStopped;
    private int? _exitCode;

    /// <inheritdoc/>
    public string Name => specification.Process;

    /// <inheritdoc/>
    public int ProcessId => running.ProcessId;

    /// <inheritdoc/>
    public IReadOnlyList<int> ServingProcessIds => _serving;

    /// <inheritdoc/>
    public double ReadySeconds { get; private set; }

    /// <inheritdoc/>
    public IReadingSource Readings => _readings ?? throw new InvalidOperationException("The target is not ready yet.");

    /// <inheritdoc/>
    public ProbeExitReport? ProbeExitReport { get; private set; }

    /// <inheritdoc/>
    public (long Bytes, long Lines) Printed => log.Printed;

    /// <summary>Gets its processes.</summary>
    public TrackedProcessTree Tree => tree;

    /// <summary>Takes what is known once the process is ready, and opens its readings.</summary>
    /// <param name="readySeconds">The time that it took.</param>
    /// <param name="serving">The processes that answer requests.</param>
    /// <param name="probes">The folder of the probes.</param>
    public void Attach(double readySeconds, IReadOnlyList<int> serving, string probes)
    {
        ReadySeconds = readySeconds;
        _serving = serving;
        _answering = [.. serving.Select(ProcessIdentity.Read).OfType<ProcessIdentity>()];
        _readings = ReadingSourceFactory.Open(tree, serving, probes);
    }

    /// <summary>Gets the last words that the process printed.</summary>
    public string LogTail() => log.Tail();

    /// <inheritdoc/>
    public void EnsureAlive()
    {
        if (!running.Task.IsCompleted)
        {
            return;
        }

        throw Gone(running.Task.IsCompletedSuccessfully ? ProcessEnd.Describe(ExitCode()) : $"failed: {running.Task.Exception?.GetBaseException().Message}");
    }

    /// <inheritdoc/>
    public void EnsureAnswering()
    {
        if (_answering.Length > 0 && !ProcessTree.AnyAlive(_answering))
        {
            throw Gone($"no longer has the process that answered, {string.Join(", ", _answering.Select(process => process.Id))}: it ended");
        }
    }

    /// <inheritdoc/>
    public void MoveTo(IReadOnlyList<int> cores)
    {
        tree.Refresh();
        foreach (var member in tree.Members)
        {
            ProcessAffinity.Move(member.Id, cores);
        }
    }

    /// <inheritdoc/>
    public async Task<int?> StopAsync()
    {
        if (_isStopped)
        {
            return _exitCode;
        }

        _isStopped = true;
        await FlushSpansAsync();
        tree.Refresh();
        ProcessIdentity[] descendants = [.. tree.Members.Where(member => member.Id != running.ProcessId)];
        if (!running.Task.IsCompleted && !OperatingSystem.IsWindows())
        {
            // CliWrap's own graceful stop is SIGINT; services in containers are stopped by SIGTERM, and that is what must flush.
            // A shell does not pass the signal on, so its children get it too.
            _ = Kill(running.ProcessId, SignalTerminate);
            foreach (var descendant in descendants)
            {
                _ = Kill(descendant.Id, SignalTerminate);
            }

            await Task.WhenAny(EndOfAllAsync(descendants), Task.Delay(StopTimeout));
        }

        if (running.Task.IsCompletedSuccessfully)
        {
            _exitCode = ExitCode();
            ProbeExitReport = _serving.Select(id => ProbeExitReport.Read(probeFolder, id)).FirstOrDefault(report => report is not null);
        }
        else
        {
            await forceful.CancelAsync();
        }

        ProcessTree.KillSurvivors(descendants);
        await Task.WhenAny(running.Task, Task.Delay(StopTimeout));
        _readings?.Dispose();
        log.Dispose();
        forceful.Dispose();
        return _exitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task FlushSpansAsync()
    {
        if (_readings is { } readings && !running.Task.IsCompleted)
        {
            await Task.Run(readings.FlushSpans);
        }
    }

    // A shell may end before the service that it started, which still has spans to flush.
    private async Task EndOfAllAsync(IReadOnlyList<ProcessIdentity> descendants)
    {
        await running.Task;
        using var limit = new CancellationTokenSource(StopTimeout);
        while (!limit.IsCancellationRequested && ProcessTree.AnyAlive(descendants))
        {
            await Task.Delay(StopPollInterval, CancellationToken.None);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    private TargetFailedException Gone(string how) => new(
        $"arm {specification.Arm}, process {specification.Process}: {how} while it was needed. " +
        $"Its working folder is {specification.WorkingFolder}, its log {specification.LogFile}; it ends with:{Environment.NewLine}{(LogTail() is { Length: > 0 } tail ? tail : "(nothing was printed)")}");

    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "Called only when the task has completed.")]
    private int ExitCode() => running.Task.GetAwaiter().GetResult().ExitCode;
}
