using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Targets;

/// <summary>Starts targets as processes of the operating system, on their cores, with the probe in them.</summary>
/// <param name="probeAssembly">Path of the probe's assembly; null starts targets without it.</param>
/// <param name="probeFolder">A short path (sockets allow about 100 characters) of an existing folder for probe sockets.</param>
internal sealed class TargetLauncher(string? probeAssembly, string probeFolder) : ITargetLauncher, IDisposable
{
    private static readonly TimeSpan ReadyPollInterval = TimeSpan.FromMilliseconds(20);

    // The child inherits what the starting thread's process has, so these are taken away: an arm is what its file says.
    private static readonly string[] s_foreignPrefixes = ["OTEL_", "DOTNET_", "COMPlus_", "CORECLR_", "ASPNETCORE_", "SHOP_"];
    private static readonly string[] s_keptVariables = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64"];

    private readonly LauncherThread _thread = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <inheritdoc/>
    public async Task<ITargetProcess> StartAsync(LaunchSpecification specification, CancellationToken cancellationToken)
    {
        var log = new TargetLog(specification.LogFile);
        RunningTarget? target = null;
        try
        {
            var clock = Stopwatch.StartNew();
            var forceful = new CancellationTokenSource();
            var running = await StartProcessAsync(specification, log, forceful.Token);
            target = new RunningTarget(specification, running, log, forceful, probeFolder);
            await WaitUntilReadyAsync(specification, target, clock, cancellationToken);
            target.Attach(clock.Elapsed.TotalSeconds, OpenReadings(running.ProcessId));
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
    public void Dispose() => _http.Dispose();

    private static (string Program, IReadOnlyList<string> Arguments) Place(IReadOnlyList<string> command, IReadOnlyList<int>? cores)
    {
        var words = new List<string>(command);
        if (cores is not null && SystemTool.Find("taskset") is { } taskset)
        {
            words.InsertRange(0, [taskset, "--cpu-list", CpuList.Format(cores)]);
        }

        // Both programs replace themselves by what follows, so the process identity stays the target's.
        if (OperatingSystem.IsLinux() && SystemTool.Find("setpriv") is { } setpriv)
        {
            words.InsertRange(0, [setpriv, "--pdeathsig", "TERM", "--"]);
        }

        return (words[0], words[1..]);
    }

    private async Task<CommandTask<CommandResult>> StartProcessAsync(LaunchSpecification specification, TargetLog log, CancellationToken forceful)
    {
        var (program, arguments) = Place(specification.Command, specification.Cores);
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(specification.WorkingFolder)
            .WithEnvironmentVariables(EnvironmentOf(specification))
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
                $"{Where(specification)}: '{specification.Command[0]}' could not be started: {error.Message} Check target.command in the scenario file.",
                error);
        }
    }

    private Dictionary<string, string?> EnvironmentOf(LaunchSpecification specification)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (s_foreignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && !s_keptVariables.Contains(name, StringComparer.Ordinal))
            {
                variables[name] = null;
            }
        }

        if (probeAssembly is not null)
        {
            variables["DOTNET_STARTUP_HOOKS"] = probeAssembly;
            variables["PERFLAB_PROBE_FOLDER"] = probeFolder;
        }

        foreach (var (name, value) in specification.Environment)
        {
            variables[name] = value;
        }

        return variables;
    }

    private async Task WaitUntilReadyAsync(LaunchSpecification specification, RunningTarget target, Stopwatch clock, CancellationToken cancellationToken)
    {
        var address = new Uri(specification.Address, specification.ReadyPath);
        string last = "no answer yet";
        while (clock.Elapsed < specification.ReadyTimeout)
        {
            target.EnsureAlive();
            try
            {
                using var answer = await _http.GetAsync(address, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                last = $"status {(int)answer.StatusCode}";
            }
            catch (HttpRequestException error)
            {
                last = error.Message;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                last = "no answer in time";
            }

            await Task.Delay(ReadyPollInterval, cancellationToken);
        }

        throw new TargetFailedException(
            $"{Where(specification)}: not ready after {specification.ReadyTimeout.TotalSeconds:0.#} s: GET {address} gave: {last}. " +
            $"Check target.ready in the scenario file and what the target printed:{Environment.NewLine}{target.LogTail()}");
    }

    private JitTimeReadingSource OpenReadings(int processId)
    {
        IReadingSource? source = ProbeClient.Connect(Path.Combine(probeFolder, $"{processId}.sock"));
        source ??= ProcReadingSource.IsAvailable ? new ProcReadingSource(processId) : new NullReadingSource();
        return new JitTimeReadingSource(source, new JitThreadClock(processId));
    }

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
