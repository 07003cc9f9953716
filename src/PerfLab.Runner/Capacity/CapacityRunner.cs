using System.Diagnostics;
using PerfLab.Collector;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.Drivers;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Capacity;

/// <summary>Puts the parts of a capacity search together and runs its launch sets.</summary>
public static class CapacityRunner
{
    // A queue of a second at some thousand requests per second: the service level shall fail before the bound is reached.
    private const int LeastMaxInFlight = 4096;

    // Long enough for the p99 of some hundred requests, short enough that all arms see the same machine.
    private static readonly TimeSpan TrialLength = TimeSpan.FromMilliseconds(500);

    // Code that is still being compiled would be searched on its way up: a scenario that cares for speed alone warms up too little.
    private const double LeastWarmUpSeconds = 2;
    private const double LeastWarmUpLimitSeconds = 5;

    /// <summary>Searches every arm of a scenario.</summary>
    /// <param name="scenario">Target and arms; its load and design are used as far as they apply.</param>
    /// <param name="options">What to find.</param>
    /// <param name="folder">Takes the logs of the targets; exists.</param>
    /// <param name="folders">Where targets and probe are.</param>
    /// <param name="time">The clock of the record.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="completed">Is given the record, without answers, after every launch set.</param>
    /// <param name="cancellationToken">Interrupts; no process is left behind.</param>
    /// <exception cref="TargetFailedException">A target failed.</exception>
    /// <exception cref="OperationCanceledException">The search was interrupted.</exception>
    public static async Task RunAsync(
        Scenario scenario,
        CapacityOptions options,
        string folder,
        RunnerFolders folders,
        TimeProvider time,
        IRunProgress progress,
        Action<CapacityRecord> completed,
        CancellationToken cancellationToken)
    {
        var placement = CpuPlacement.AllowedProcessors() is { } allowed ? CpuPlacement.For(allowed) : null;
        if (placement is not null)
        {
            ProcessAffinity.Move(Environment.ProcessId, placement.LabCores);
        }

        var plan = PlanOf(ScenarioSecrets.Resolve(scenario, Environment.GetEnvironmentVariable), options, placement);
        await using var receiver = await OtlpReceiver.StartAsync([.. plan.Arms.Select(arm => arm.Name)], new ReceiverOptions { RequiresToken = true }, cancellationToken);
        using var sockets = new ProbeSocketFolder();
        using var launcher = new TargetLauncher(folders.ProbeAssembly, sockets.Path);
        using var lab = new GeneratorThread(placement?.LabCores);
        var starter = new ArmStarter(launcher, new ReceiverSpanSink(receiver), RequestDriverFactory.Create, folders);
        var launchSet = new CapacityLaunchSet(starter, lab, new SloTrial(options.ServiceLevel, TrialLength, plan.Arrivals), folder, progress);
        var record = RecordOf(plan, options, time.GetUtcNow());
        for (var number = 1; number <= options.LaunchSets; number++)
        {
            var clock = Stopwatch.StartNew();
            var launch = await launchSet.RunAsync(plan, number, cancellationToken);
            record = record with { LaunchSets = [.. record.LaunchSets, launch] };
            completed(record);
            progress.LaunchSetDone(number, isValid: true, [], clock.Elapsed * (options.LaunchSets - number));
        }
    }

    private static Plan PlanOf(Scenario scenario, CapacityOptions options, Placement? placement)
    {
        // Every arm starts from its own closed loop; the plan's rate is never used.
        var fixedRate = scenario with { Load = scenario.Load with { RatePerSecond = 1, MaxInFlight = Math.Max(LeastMaxInFlight, scenario.Load.MaxInFlight) } };
        var plan = PlanBuilder.Build(fixedRate, pilot: null, placement, options.LaunchSets);
        return plan with
        {
            Rounds = options.Rounds,
            SliceSeconds = TrialLength.TotalSeconds,
            WarmUpSeconds = Math.Max(plan.WarmUpSeconds, LeastWarmUpSeconds),
            WarmUpLimitSeconds = Math.Max(plan.WarmUpLimitSeconds, LeastWarmUpLimitSeconds),
        };
    }

    private static CapacityRecord RecordOf(Plan plan, CapacityOptions options, DateTimeOffset started) => new()
    {
        FormatVersion = CapacityRecord.CurrentFormatVersion,
        Started = started,
        Scenario = plan.Scenario,
        ServiceLevel = [.. options.ServiceLevel.Select(threshold => threshold.Text)],
        Machine = MachineInspector.Read(),
        Placement = plan.Placement,
        TrialSeconds = plan.SliceSeconds,
        Rounds = plan.Rounds,
        PlannedLaunchSets = options.LaunchSets,
        Seed = plan.Seed,
        LaunchSets = [],
        Answers = [],
    };
}

/// <summary>What a capacity search shall find, and how long it may look.</summary>
public sealed record CapacityOptions
{
    /// <summary>Gets the service level: conditions of a load test that must all hold; at least one.</summary>
    public required IReadOnlyList<Threshold> ServiceLevel { get; init; }

    /// <summary>Gets the launch sets; 6 is the least that has a 95 % interval.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the tries of every arm in a launch set.</summary>
    public required int Rounds { get; init; }
}
