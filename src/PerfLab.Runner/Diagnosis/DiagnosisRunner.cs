using PerfLab.Collector;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Load.Drivers;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Diagnosis;

/// <summary>Loads arms of a scenario one after the other, apart from any measuring, while their stacks are sampled.</summary>
public static class DiagnosisRunner
{
    // Code that is still being compiled would be sampled: a scenario that cares for speed alone warms up too little.
    private const double LeastWarmUpSeconds = 2;
    private const double LeastWarmUpLimitSeconds = 5;

    // The pilot's plan needs a rate that it never uses.
    private const double DraftRatePerSecond = 100;

    /// <summary>Finds the arms that are meant, and the processes that are certainly not .NET.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="arms">Names of variants, or of the control.</param>
    /// <param name="folders">Where targets are.</param>
    /// <returns>The processes of the first arm that has none of .NET, with the runtime of each; none where every arm may have one.</returns>
    /// <exception cref="TargetFailedException">A folder does not exist.</exception>
    public static IReadOnlyList<(string Arm, string Process, ServiceRuntime Runtime)> FindOthers(Scenario scenario, IReadOnlyList<string> arms, RunnerFolders folders)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(folders);
        foreach (var arm in PlanBuilder.Arms(scenario).Where(arm => arms.Contains(arm.Name)))
        {
            (string, string, ServiceRuntime Runtime)[] processes = [.. scenario.Target.ProcessesOf(arm.Program).Select(process => (arm.Name, process.Name, RuntimeOf(scenario, process, folders)))];
            if (processes.All(process => process.Runtime is not (ServiceRuntime.DotNet or ServiceRuntime.Unknown)))
            {
                return processes;
            }
        }

        return [];
    }

    /// <summary>Loads the arms.</summary>
    /// <param name="scenario">Target, arms and load.</param>
    /// <param name="arms">Names of one or two arms, which exist.</param>
    /// <param name="duration">How long each is loaded.</param>
    /// <param name="folder">Takes logs and traces; exists.</param>
    /// <param name="folders">Where targets and probe are.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="cancellationToken">Interrupts; no process is left behind.</param>
    /// <returns>How each was loaded, with the traces of its processes.</returns>
    /// <exception cref="TargetFailedException">A target failed, or its stacks could not be sampled.</exception>
    /// <exception cref="NotDotNetException">None of an arm's processes turned out to be .NET.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task<IReadOnlyList<(DiagnosisLoad Load, IReadOnlyList<ProcessTrace> Traces)>> RunAsync(
        Scenario scenario, IReadOnlyList<string> arms, TimeSpan duration, string folder, RunnerFolders folders, IRunProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(folders);
        var placement = CpuPlacement.AllowedProcessors() is { } allowed ? CpuPlacement.For(allowed) : null;
        if (placement is not null)
        {
            ProcessAffinity.Move(Environment.ProcessId, placement.LabCores);
        }

        var plan = PlanOf(ScenarioSecrets.Resolve(scenario, Environment.GetEnvironmentVariable), arms, placement);
        var options = new ReceiverOptions
        {
            RequiresToken = true,
            Tail = plan.Arms.Where(arm => arm.Tail is not null).ToDictionary(arm => arm.Name, arm => arm.Tail!, StringComparer.Ordinal),
        };
        await using var receiver = await OtlpReceiver.StartAsync([.. plan.Arms.Select(arm => arm.Name)], options, cancellationToken);
        using var sockets = new ProbeSocketFolder();
        using var launcher = new TargetLauncher(folders.ProbeAssembly, sockets.Path);
        using var lab = new GeneratorThread(placement?.LabCores);
        var spans = new ReceiverSpanSink(receiver);
        var starter = new ArmStarter(launcher, spans, RequestDriverFactory.Create, folders);
        if (scenario.Load.RatePerSecond is null)
        {
            var pilot = await new PilotRun(starter, lab, Path.Combine(folder, "pilot")).RunAsync(plan, scenario.Load, progress, cancellationToken);
            plan = plan with { RatePerSecond = PlanBuilder.RateFrom(pilot.Result), Pilot = pilot.Result };
        }

        var loads = new List<(DiagnosisLoad, IReadOnlyList<ProcessTrace>)>();
        foreach (var arm in plan.Arms)
        {
            loads.Add(await new ArmDiagnosisRun(plan, arm, starter, spans, lab, progress).RunAsync(duration, folder, cancellationToken));
        }

        return loads;
    }

    private static Plan PlanOf(Scenario scenario, IReadOnlyList<string> arms, Placement? placement)
    {
        var plan = PlanBuilder.Build(scenario with { Load = scenario.Load with { RatePerSecond = scenario.Load.RatePerSecond ?? DraftRatePerSecond } }, pilot: null, placement, launchSets: 1);
        return plan with
        {
            Arms = [.. arms.Select(name => plan.Arms.Single(arm => arm.Name == name))],
            WarmUpSeconds = Math.Max(plan.WarmUpSeconds, LeastWarmUpSeconds),
            WarmUpLimitSeconds = Math.Max(plan.WarmUpLimitSeconds, LeastWarmUpLimitSeconds),
        };
    }

    private static ServiceRuntime RuntimeOf(Scenario scenario, TargetProcess process, RunnerFolders folders)
    {
        var values = new PlaceholderValues
        {
            Process = process.Name,
            Ports = scenario.Target.Processes.ToDictionary(each => each.Name, _ => 0, StringComparer.Ordinal),
            Root = folders.Root,
            Targets = folders.Targets,
            Scratch = Path.GetTempPath(),
        };
        var place = WorkingFolder.Of(process, scenario.Target.BaseFolder ?? folders.Root, values);
        return CommandRuntime.Of(place.Command[0], place.Path);
    }
}

/// <summary>None of an arm's processes is .NET, whose stacks alone can be sampled.</summary>
/// <param name="arm">The arm.</param>
/// <param name="process">Its first process.</param>
/// <param name="runtime">The runtime of that.</param>
public sealed class NotDotNetException(string arm, string process, ServiceRuntime runtime) : Exception($"arm {arm}, process {process}: not .NET, but {runtime}.")
{
    /// <summary>Gets the arm.</summary>
    public string Arm { get; } = arm;

    /// <summary>Gets its first process.</summary>
    public string Process { get; } = process;

    /// <summary>Gets the runtime of that process.</summary>
    public ServiceRuntime Runtime { get; } = runtime;
}
