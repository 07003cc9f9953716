using System.Diagnostics;
using System.Globalization;
using PerfLab.Collector;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Baseline;

/// <summary>
/// Compares a baseline with its twin as most harnesses do: start one, warm it up shortly, count what it uses while it is kept
/// busy, stop it; then the same with the other. It is what the interleaved design is measured against.
/// </summary>
public sealed class NaiveBench
{
    private readonly NaiveBenchOptions _options;
    private readonly Plan _plan;
    private readonly ArmStarter _starter;
    private readonly GeneratorThread _lab;
    private readonly string _folder;

    private NaiveBench(NaiveBenchOptions options, Plan plan, ArmStarter starter, GeneratorThread lab, string folder)
    {
        _options = options;
        _plan = plan;
        _starter = starter;
        _lab = lab;
        _folder = folder;
    }

    /// <summary>Makes one comparison after the other until the time is over, at least one.</summary>
    /// <param name="scenario">Its baseline and control are the twins; target and runtime knobs are taken, load and design are not.</param>
    /// <param name="options">How a comparison is made.</param>
    /// <param name="budget">No comparison is begun that would end later, judged by the one before.</param>
    /// <param name="firstPair">Number of the first comparison.</param>
    /// <param name="folder">Takes the logs of the targets; created.</param>
    /// <param name="folders">Where the targets are.</param>
    /// <param name="done">Is told of each run.</param>
    /// <param name="cancellationToken">Interrupts; no process is left behind.</param>
    /// <exception cref="TargetFailedException">A target failed, or the platform does not tell a process's CPU time.</exception>
    public static async Task<IReadOnlyList<NaiveRun>> RunAsync(
        Scenario scenario,
        NaiveBenchOptions options,
        TimeSpan budget,
        int firstPair,
        string folder,
        RunnerFolders folders,
        Action<NaiveRun> done,
        CancellationToken cancellationToken)
    {
        if (!ProcReadingSource.IsAvailable)
        {
            throw new TargetFailedException("The bench reads a process's CPU time from /proc, which this platform does not have (bench baseline). Run it on Linux.");
        }

        // The rate is never used: a closed loop has none.
        var plan = PlanBuilder.Build(scenario with { Load = scenario.Load with { RatePerSecond = 1 } }, pilot: null, options.Placement, launchSets: 1);
        await using var receiver = await OtlpReceiver.StartAsync([.. plan.Arms.Select(arm => arm.Name)], new ReceiverOptions(), cancellationToken);
        using var launcher = new TargetLauncher(probeAssembly: null, Path.GetTempPath());
        using var lab = new GeneratorThread(options.Placement?.LabCores);
        try
        {
            if (options.Placement is { } placement)
            {
                ProcessAffinity.Move(Environment.ProcessId, placement.LabCores);
            }

            var starter = new ArmStarter(launcher, new ReceiverSpanSink(receiver), RequestDriverFactory.Create, folders);
            return await new NaiveBench(options, plan, starter, lab, folder).RunPairsAsync(budget, firstPair, done, cancellationToken);
        }
        finally
        {
            // What comes next chooses its processors from all that this program may use.
            if (options.Placement is { } placement)
            {
                ProcessAffinity.Move(Environment.ProcessId, [.. placement.LabCores, .. placement.TargetCores]);
            }
        }
    }

    private async Task<IReadOnlyList<NaiveRun>> RunPairsAsync(TimeSpan budget, int firstPair, Action<NaiveRun> done, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var runs = new List<NaiveRun>();
        var longest = TimeSpan.Zero;
        for (var pair = firstPair; runs.Count == 0 || clock.Elapsed + longest <= budget; pair++)
        {
            var begin = clock.Elapsed;
            foreach (var arm in _plan.Arms.Where(arm => arm.Role is ArmRole.Baseline or ArmRole.Control))
            {
                var run = await RunOnceAsync(pair, arm, cancellationToken);
                runs.Add(run);
                done(run);
            }

            longest = clock.Elapsed - begin > longest ? clock.Elapsed - begin : longest;
        }

        return runs;
    }

    private async Task<NaiveRun> RunOnceAsync(int pair, PlannedArm plannedArm, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(_folder, pair.ToString("000", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        await using var alive = new RunningArms(folder);
        var arm = await _starter.StartAsync(_plan, plannedArm, folder, alive.ScratchFolder, cancellationToken);
        alive.Add(0, arm);
        var run = await _lab.RunAsync(() =>
        {
            var latency = new LatencyRecorder();
            arm.Driver.RunClosed(_options.Connections, _options.WarmUp, latency, cancellationToken);
            var before = CpuSeconds(arm);
            var result = arm.Driver.RunClosed(_options.Connections, _options.RunLength, latency, cancellationToken);
            var used = CpuSeconds(arm) - before;
            cancellationToken.ThrowIfCancellationRequested();
            arm.EnsureAlive();
            return result.Counts.Answered > 0
                ? new NaiveRun(pair, plannedArm.Name, result.ElapsedSeconds, result.Counts.Answered, result.Counts.Errors, used)
                : throw new TargetFailedException($"arm {plannedArm.Name}: none of {result.Counts.Started} requests was answered as expected (bench baseline). Check target.requests in the scenario file.");
        });
        await alive.StopAsync();
        return run;
    }

    // Everything the processes use, as a harness sees it from outside.
    private static double CpuSeconds(RunningArm arm) =>
        arm.Read().CpuSeconds ?? throw new TargetFailedException($"arm {arm.Plan.Name}: its CPU time could not be read (bench baseline). Its process may have died: look into its log.");
}

/// <summary>How a comparison is made that runs one arm after the other.</summary>
public sealed record NaiveBenchOptions
{
    /// <summary>Gets the uncounted load before each run.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Gets the counted load of each run.</summary>
    public required TimeSpan RunLength { get; init; }

    /// <summary>Gets the connections of the closed loop.</summary>
    public required int Connections { get; init; }

    /// <summary>Gets which processors do what; null leaves all processes anywhere.</summary>
    public required Placement? Placement { get; init; }
}
