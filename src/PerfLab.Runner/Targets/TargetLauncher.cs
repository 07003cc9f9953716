using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using PerfLab.Experiments.Secrets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Targets;

/// <summary>Starts targets as processes of the operating system, on their cores, with the probe in them.</summary>
/// <param name="probeAssembly">Path of the probe's assembly; null starts targets without it.</param>
/// <param name="probeFolder">A short path (sockets allow about 100 characters) of an existing folder for probe sockets.</param>
internal sealed class TargetLauncher(string? probeAssembly, string probeFolder) : ITargetLauncher, IDisposable
{
    private static readonly TimeSpan ReadyPollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TreePollInterval = TimeSpan.FromMilliseconds(10);

    private readonly Lazy<IReadOnlyList<string>> _endWithParent = new(SystemTool.EndWithParent);
    private readonly TargetWatchdog _watchdog = new();
    private readonly LauncherThread _thread = new();
    private readonly ReadinessClient _readiness = new();

    /// <inheritdoc/>
    public async Task<ITargetProcess> StartAsync(LaunchSpecification specification, CancellationToken cancellationToken)
    {
        var log = new TargetLog(specification.LogFile);
        RunningTarget? target = null;
        try
        {
            var clock = Stopwatch.StartNew();
            var forceful = new CancellationTokenSource();
            var mark = (Name: TargetMark.Variable, Value: TargetMark.Create());
            var running = await StartProcessAsync(specification, mark, log, forceful.Token);
            _watchdog.WatchOutput(running.ProcessId);
            var tree = new TrackedProcessTree(running.ProcessId, $"{mark.Name}={mark.Value}", _watchdog.Watch);
            foreach (var started in tree.Members)
            {
                _watchdog.Watch(started);
            }

            target = new RunningTarget(specification, running, tree, log, forceful, probeFolder);
            await WaitUntilReadyAsync(specification, target, clock, cancellationToken);
            var seconds = clock.Elapsed.TotalSeconds;
            target.Attach(seconds, FindServingProcesses(specification, target), probeFolder);
            return target;
        }
        catch
        {
            if (target is null)
            {
                log.Dispose();
            }
            else
            {
                await target.DisposeAsync();
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readiness.Dispose();
        _watchdog.Dispose();
    }

    /// <summary>Puts a command on its processors, and has the system end it with this process.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="cores">Its processors; null leaves it anywhere.</param>
    /// <param name="endWithParent">What <see cref="SystemTool.EndWithParent"/> says.</param>
    internal static (string Program, IReadOnlyList<string> Arguments) Place(IReadOnlyList<string> command, IReadOnlyList<int>? cores, IReadOnlyList<string> endWithParent)
    {
        var words = new List<string>(command);
        if (cores is not null && SystemTool.Find("taskset") is { } taskset)
        {
            words.InsertRange(0, [taskset, CpuList.Mask(cores)]);
        }

        // Both programs replace themselves by what follows, so the process identity stays the target's.
        words.InsertRange(0, endWithParent);

        return (words[0], words[1..]);
    }

    private async Task<CommandTask<CommandResult>> StartProcessAsync(
        LaunchSpecification specification, (string Name, string Value) mark, TargetLog log, CancellationToken forceful)
    {
        var (program, arguments) = Place(specification.Command, specification.Cores, _endWithParent.Value);
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(specification.WorkingFolder)
            .WithEnvironmentVariables(EnvironmentOf(specification, mark))
            .WithStandardOutputPipe(log.Pipe())
            .WithStandardErrorPipe(log.Pipe())
            .WithValidation(CommandResultValidation.None);
        try
        {
            return await _thread.RunAsync(() => command.ExecuteAsync(forceful, CancellationToken.None));
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            throw new TargetFailedException(
                $"{Where(specification)}: '{specification.Command[0]}' could not be started: {error.Message} Check the command in the scenario file.",
                error);
        }
    }

    private Dictionary<string, string?> EnvironmentOf(LaunchSpecification specification, (string Name, string Value) mark)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal) { [mark.Name] = mark.Value };
        foreach (var name in CallerEnvironment.RemovedOf(Environment.GetEnvironmentVariables().Keys.Cast<string>()))
        {
            variables[name] = null;
        }

        foreach (var (name, value) in specification.Environment)
        {
            variables[name] = value;
        }

        foreach (var (name, value) in CallerEnvironment.WithoutProxy(name => variables.TryGetValue(name, out var own) ? own : Environment.GetEnvironmentVariable(name)))
        {
            variables[name] = value;
        }

        if (probeAssembly is not null)
        {
            ProbeEnvironment.AddTo(variables, specification.Command, specification.WorkingFolder, probeAssembly, probeFolder);
        }

        return variables;
    }

    // A target that ends at its start because its port is in use did nothing wrong.
    private static void EnsureAlive(LaunchSpecification specification, RunningTarget target)
    {
        try
        {
            target.EnsureAlive();
        }
        catch (TargetFailedException error) when (PortOwner.Find(specification.Address.Port, []) is { Kind: PortOwnerKind.Other } owner)
        {
            throw PortTaken(specification, owner, error);
        }
    }

    private async Task WaitUntilReadyAsync(LaunchSpecification specification, RunningTarget target, Stopwatch clock, CancellationToken cancellationToken)
    {
        var address = new Uri(specification.Address, specification.ReadyPath);
        var last = ReadinessAnswer.None;
        var misfit = new MisfitWatch(specification, target.Tree);
        while (clock.Elapsed < specification.ReadyTimeout && !misfit.IsOver(clock.Elapsed))
        {
            EnsureAlive(specification, target);

            var asking = _readiness.AskAsync(address, cancellationToken);

            // A process that clears its environment and detaches itself is recognized only while its parent lives, and the first
            // answer may take longer than the service takes to start.
            do
            {
                target.Tree.Refresh();
            }
            while (await Task.WhenAny(asking, Task.Delay(TreePollInterval, cancellationToken)) != asking);

            if (await asking is not { } answer)
            {
                return;
            }

            last = answer;
            misfit.Note(answer, clock.Elapsed);
            await Task.Delay(ReadyPollInterval, cancellationToken);
        }

        EnsureAlive(specification, target);
        var ports = misfit.OtherPorts();
        var elsewhere = ports.Count == 0
            ? PortOwner.ListensOnIPv6Loopback(specification.Address.Port, target.Tree.Members) ? $"It listens at [::1] alone (IPv6), and PerfLab asks 127.0.0.1: let it listen on {{url}}, or on all addresses. " : string.Empty
            : $"It listens at port {string.Join(", ", ports)} instead: give it {{port}} or {{url}}. ";
        throw new TargetFailedException(
            $"{Where(specification)}: not ready after {clock.Elapsed.TotalSeconds:0.#} s: GET {SecretText.Hide(null, address.ToString())} gave: {last}. {elsewhere}" +
            $"{await ReadinessClient.AdviseAsync(address, last, cancellationToken)} Its working folder is {specification.WorkingFolder}. The target printed:{Environment.NewLine}{target.LogTail()}")
        {
            OtherPorts = ports,
        };
    }

    /// <summary>Finds out which processes of the target answer, and whether it is the target that answers at all.</summary>
    /// <exception cref="TargetFailedException">Another program has taken the port.</exception>
    private static IReadOnlyList<int> FindServingProcesses(LaunchSpecification specification, RunningTarget target)
    {
        target.Tree.Refresh();
        var owner = PortOwner.Find(specification.Address.Port, target.Tree.Members);
        if (owner.Kind == PortOwnerKind.Nobody)
        {
            // It may have ended behind its first answer.
            EnsureAlive(specification, target);
        }

        return owner.Kind switch
        {
            PortOwnerKind.Other or PortOwnerKind.Nobody => throw PortTaken(specification, owner, innerException: null),
            PortOwnerKind.Target => owner.ProcessIds,
            _ => [target.Tree.RootId],
        };
    }

    private static TargetFailedException PortTaken(LaunchSpecification specification, PortOwner owner, Exception? innerException) => new(
        $"{Where(specification)}: port {specification.Address.Port} belongs to {owner.Describe()}, which this target did not start. " +
        "A target must listen on {port} itself: one that lets a daemon listen, such as docker run, cannot be measured.",
        innerException)
    {
        IsPortTaken = true,
    };

    private static string Where(LaunchSpecification specification) => $"arm {specification.Arm}, process {specification.Process}";
}

/// <summary>
/// One thread that lives as long as the program and starts every target. Linux ends a child with its parent only while the
/// starting <em>thread</em> lives (prctl(2), PR_SET_PDEATHSIG); a thread of the pool would end healthy targets.
/// </summary>
internal sealed class LauncherThread
{
    private readonly BlockingCollection<Action> _work = [];

    /// <summary>Starts the thread.</summary>
    public LauncherThread()
    {
        new Thread(() =>
        {
            foreach (var action in _work.GetConsumingEnumerable())
            {
                action();
            }
        })
        {
            IsBackground = true,
            Name = "perflab launcher",
        }.Start();
    }

    /// <summary>Runs a function on the thread.</summary>
    public Task<T> RunAsync<T>(Func<T> function)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                completion.SetResult(function());
            }
            catch (Exception error)
            {
                completion.SetException(error);
            }
        });
        return completion.Task;
    }
}
