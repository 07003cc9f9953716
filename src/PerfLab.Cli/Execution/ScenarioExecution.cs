using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Runs;
using PerfLab.Cli.Display;
using PerfLab.Cli.Options;
using PerfLab.Collector.Capture;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Content;
using PerfLab.Runner;
using PerfLab.Runner.Builds;
using PerfLab.Runner.Machines;

namespace PerfLab.Cli.Execution;

/// <summary>What is to be run.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Results">The folder of runs.</param>
/// <param name="Floor">Launch sets below which the run cannot say what it is for; a short budget never goes below it.</param>
internal sealed record ScenarioRequest(Scenario Scenario, string Results, int Floor)
{
    /// <summary>Gets where the report's traces can be looked at; null links none.</summary>
    public TraceUi? TraceUi { get; init; }

    /// <summary>Gets the file of thresholds as test cases; null for none.</summary>
    public string? JUnit { get; init; }

    /// <summary>Gets where received spans are sent on to; null for nowhere.</summary>
    public ForwardingOptions? Forward { get; init; }

    /// <summary>Gets the run that gets further launch sets, as a person names it; null for a new run.</summary>
    public string? Resume { get; init; }

    /// <summary>Gets a value indicating whether the table of arms is shown after each launch set that counts.</summary>
    public bool Watches { get; init; }

    /// <summary>Gets what interrupts the run, where it is a part of something longer; null for a run of its own.</summary>
    public Interruption? Interruption { get; init; }

    /// <summary>Gets whether the run is a part of something longer, which has a budget of its own and does not complete it.</summary>
    public bool IsPart => Interruption is not null;
}

/// <summary>Runs a scenario from its folder to its report, the same for every verb that measures one.</summary>
/// <param name="ExitCode">How the run went, thresholds left aside.</param>
/// <param name="Analysis">What its numbers say; null when it ended before there was a plan.</param>
internal sealed record ScenarioExecution(int ExitCode, RunAnalysis? Analysis)
{
    /// <summary>Runs it, writes the report of what was completed, and shows the result.</summary>
    public static async Task<ScenarioExecution> RunAsync(ScenarioRequest request)
    {
        using var own = request.Interruption is null ? new Interruption() : null;
        var interrupted = (request.Interruption ?? own!).Token;
        RunNeedsCheck.Check(request.Scenario);
        if (request.Resume is { } begun)
        {
            // Before anything that takes time.
            _ = RunFolder.Find(request.Results, begun);
        }

        using var builds = await ArmBuildsDisplay.MakeAsync(request.Scenario, request.Results, request.Resume is not null, interrupted);
        var scenario = builds.Scenario;
        request = request with { Scenario = scenario };
        var commit = Checkout.Commit();
        var (folder, resumed) = request.Resume is { } run ? Open(request, run, commit) : (ResultsOption.CreateIn(request.Results, () => CreateFolder(request)), null);
        using var held = RunLock.Take(folder.Path);
        Leftovers.Remove(request.Results);
        var exitCode = Execution.ExitCode.Passed;
        await using (var progress = RunProgressDisplay.Start(scenario, request.Floor, request.IsPart, request.Watches ? () => RunReports.Analyze(folder) : null))
        {
            try
            {
                var rules = new RunRules(
                    request.Floor,
                    SpreadSizing.For(scenario, folder.ReadNoise(), request.Floor),
                    scenario.Design.StopsWhenDecided ? new DecidedStopping(folder, progress) : null);
                var end = await ScenarioRunner.RunAsync(scenario, folder, Checkout.Folders, rules, commit, request.Forward, progress, resumed, interrupted);
                exitCode = end == RunEndReason.Voided ? Execution.ExitCode.Crashed : Execution.ExitCode.Passed;
            }
            catch (OperationCanceledException)
            {
                exitCode = Execution.ExitCode.Interrupted;
            }
        }

        return new ScenarioExecution(exitCode, File.Exists(folder.PlanFile) ? RunReports.WriteAndShow(folder, request.TraceUi, request.JUnit, canBeResumed: !request.IsPart) : null);
    }

    private static (RunFolder Folder, ResumedRun Resumed) Open(ScenarioRequest request, string run, string? commit)
    {
        var folder = RunFolder.Find(request.Results, run);
        ResultsOption.Check(folder.Path);
        return (folder, RunResumption.Open(folder, request.Scenario, commit));
    }

    private static RunFolder CreateFolder(ScenarioRequest request)
    {
        var noise = new NoiseProfileStore(request.Results).Find(request.Scenario.Design.Runtime);
        var folder = RunFolder.Create(request.Results, request.Scenario.Name, TimeProvider.System, Guid.NewGuid().ToString("N")[..4]);
        if (noise is not null)
        {
            // A copy: the report must say the same when it is made again, whatever was measured since.
            RunFolder.Write(folder.NoiseFile, noise);
        }

        return folder;
    }
}

/// <summary>Refuses a run that the machine cannot carry out, before anything is written or started.</summary>
internal static class RunNeedsCheck
{
    /// <exception cref="UsageException">Something is too small; the message has the number needed.</exception>
    public static void Check(Scenario scenario)
    {
        var faults = new UsageFaults();
        foreach (var fault in new RunNeeds(scenario).FaultsWith(RunMeans.Read()))
        {
            faults.Unless(false, fault);
        }

        faults.ThrowIfAny();
    }
}

/// <summary>Installs and builds what the arms of a scenario start, and says so while one waits.</summary>
internal static class ArmBuildsDisplay
{
    /// <inheritdoc cref="ArmBuilds.MakeAsync"/>
    public static async Task<ArmBuilds> MakeAsync(Scenario scenario, string results, bool resumes, CancellationToken cancellationToken)
    {
        if (scenario.Variants.Any(variant => variant.Program?.Build is not null))
        {
            ResultsOption.Check(results);
        }

        await NodePackages.InstallAsync(scenario, Checkout.Folders.Targets, name => Console.WriteLine($"Installing the npm packages of {name} (once)..."), cancellationToken);
        return await ArmBuilds.MakeAsync(scenario, results, resumes, arm => Console.WriteLine($"Building arm {arm}..."), cancellationToken);
    }
}

/// <summary>Ends a run at a planned look as soon as everything is decided, and shows what each look sees.</summary>
/// <param name="folder">The run.</param>
/// <param name="progress">Shows the intervals so far.</param>
internal sealed class DecidedStopping(RunFolder folder, RunProgressDisplay progress) : IStoppingRule
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Looks(Plan plan) => DecidedRun.Looks(plan);

    /// <inheritdoc/>
    public IReadOnlyList<string> UndecidedArms(Plan plan, IReadOnlyList<LaunchRecord> launches)
    {
        var analysis = RunAnalyzer.Analyze(folder.ReadManifest(), plan, launches, folder.ReadVoidedLaunches(plan), outcome: null, folder.ReadNoise());
        var undecided = DecidedRun.UndecidedArms(analysis);
        progress.Looked(analysis, undecided);
        return undecided;
    }
}

/// <summary>Lets the analysis fix the number of launch sets of a run.</summary>
internal sealed class SpreadSizing : ILaunchSetSizing
{
    private readonly LaunchSetSizing _sizing;

    private SpreadSizing(LaunchSetSizing sizing) => _sizing = sizing;

    /// <inheritdoc/>
    public int PilotLaunchSets => _sizing.PilotLaunchSets;

    /// <summary>Makes it for a scenario with a precision; null for one without.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="profile">The noise profile at hand; one of another machine is not used.</param>
    /// <param name="floor">Launch sets below which no verdict is possible.</param>
    public static SpreadSizing? For(Scenario scenario, NoiseProfile? profile, int floor)
    {
        var isOfThisMachine = profile is not null && profile.Machine.DifferencesFrom(MachineInspector.Read()).Count == 0;
        return scenario.Design.Precision.Count == 0
            ? null
            : new SpreadSizing(new LaunchSetSizing(scenario.Design.Precision, isOfThisMachine ? profile : null, floor));
    }

    /// <inheritdoc/>
    public Plan Choose(Plan plan, IReadOnlyList<LaunchRecord> launches, int affordable) => _sizing.Choose(plan, launches, affordable);
}
