using System.Globalization;
using System.Reflection;
using PerfLab.Collector;
using PerfLab.Collector.Capture;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Load.Drivers;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;
using PerfLab.Runner.TraceRetention;

namespace PerfLab.Runner;

/// <summary>Puts the parts of a run together: collector, launcher, load, placement, manifest.</summary>
public static class ScenarioRunner
{
    /// <summary>Runs a scenario into its folder.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="folder">Takes the raw results.</param>
    /// <param name="folders">Where targets and probe are.</param>
    /// <param name="rules">What decides the number of launch sets.</param>
    /// <param name="commit">Commit of the checkout, for the manifest; null outside one.</param>
    /// <param name="forward">Where received spans are sent on to; null for nowhere.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="resumed">The run in the folder that gets further launch sets; null for a new one.</param>
    /// <param name="cancellationToken">Interrupts; completed launch sets are kept and no process is left behind.</param>
    /// <exception cref="TargetFailedException">A target failed in the pilot.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public static async Task<RunEndReason> RunAsync(
        Scenario scenario,
        RunFolder folder,
        RunnerFolders folders,
        RunRules rules,
        string? commit,
        ForwardingOptions? forward,
        IRunProgress progress,
        ResumedRun? resumed,
        CancellationToken cancellationToken)
    {
        var placement = resumed is not null ? resumed.Plan.Placement : CpuPlacement.AllowedProcessors() is { } allowed ? CpuPlacement.For(allowed) : null;
        if (resumed is null)
        {
            RunFolder.Write(folder.ManifestFile, ManifestOf(scenario, folder, folders, commit, placement));
        }

        if (placement is not null)
        {
            ProcessAffinity.Move(Environment.ProcessId, placement.LabCores);
        }

        var arms = PlanBuilder.Arms(scenario);
        var options = new ReceiverOptions
        {
            Forward = forward,
            RequiresToken = true,
            Tail = arms.Where(arm => arm.Tail is not null).ToDictionary(arm => arm.Name, arm => arm.Tail!, StringComparer.Ordinal),
        };
        try
        {
            return await RunPlacedAsync();
        }
        catch (Exception error) when (resumed is null)
        {
            ScenarioRun.EndedBeforeItsStart(folder, error);
            throw;
        }
        finally
        {
            // A further run in this process chooses its processors from all that it may use.
            if (placement is not null)
            {
                ProcessAffinity.Move(Environment.ProcessId, [.. placement.LabCores, .. placement.TargetCores]);
            }
        }

        async Task<RunEndReason> RunPlacedAsync()
        {
            await using var receiver = await OtlpReceiver.StartAsync([.. arms.Select(arm => arm.Name)], options, cancellationToken);
            var spans = new ReceiverSpanSink(receiver, scenario.PersonalData);
            using var sockets = new ProbeSocketFolder();
            using var launcher = new TargetLauncher(folders.ProbeAssembly, sockets.Path);
            using var lab = new GeneratorThread(placement?.LabCores);
            var starter = new ArmStarter(launcher, spans, RequestDriverFactory.Create, folders);
            var executor = new LaunchSetExecutor(starter, spans, lab, TimeProvider.System, scenario.TraceRetention is null ? null : new TraceRetentionStage(spans, RequestDriverFactory.Create, TimeProvider.System));
            var pilot = new PilotRun(starter, lab, folder.PilotFolder);
            return await new ScenarioRun(ScenarioSecrets.Resolve(scenario, Environment.GetEnvironmentVariable), scenario, folder, executor, pilot, placement, rules, progress, resumed).ExecuteAsync(cancellationToken);
        }
    }

    private static Manifest ManifestOf(Scenario scenario, RunFolder folder, RunnerFolders folders, string? commit, Placement? placement) => new()
    {
        FormatVersion = Manifest.CurrentFormatVersion,
        RunId = folder.RunId,
        StartedUtc = TimeProvider.System.GetUtcNow(),
        ToolVersion = typeof(ScenarioRunner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown",
        Commit = commit,
        Machine = MachineInspector.Read(),
        RuntimeKnobs = RuntimeKnobs.For(scenario.Design.Runtime),
        EnvironmentChanges = CallerEnvironment.Describe([.. Environment.GetEnvironmentVariables().Keys.Cast<string>()], folders.ProbeAssembly is not null),
        WorkingFolders = folders.WorkingFoldersOf(scenario.Target, scenario.Variants),
        Scarce = new RunNeeds(scenario).ScarceWith(RunMeans.Read()),
        NotMeasured = [.. NotMeasured(placement), .. WithoutProbe(scenario, folders)],
    };

    private static IEnumerable<string> WithoutProbe(Scenario scenario, RunnerFolders folders) => folders.TooOldForProbe(scenario.Target, scenario.Variants)
        .Select(old => string.Create(CultureInfo.InvariantCulture, $"Probe: {old.Where} asks for .NET {old.Major} and runs without it, because it needs {RequestedRuntime.OldestWithProbe} or later: no allocated bytes, garbage collections and span counts."));

    private static IEnumerable<string> NotMeasured(Placement? placement)
    {
        if (placement is null)
        {
            yield return "Placement: targets and lab share all processors (fewer than two are allowed, or this platform cannot place processes).";
        }

        if (StealTime.ReadSeconds() is null)
        {
            yield return "Steal: this platform does not tell what a hypervisor takes.";
        }
    }
}

/// <summary>How a run ended.</summary>
public enum RunEndReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>As many valid launch sets as planned.</summary>
    Completed = 1,

    /// <summary>The time allowed was over first.</summary>
    BudgetUsedUp = 2,

    /// <summary>One launch set after the other was voided.</summary>
    Voided = 3,

    /// <summary>Everything was decided at a planned look, before the planned number of launch sets.</summary>
    Decided = 4,
}
