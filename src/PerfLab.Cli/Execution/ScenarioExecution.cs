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
using PerfLab.Runner.Machines;

namespace PerfLab.Cli.Execution;

/// <summary>Runs a scenario from its folder to its report, the same for every verb that measures one.</summary>
/// <param name="ExitCode">How the run went, thresholds left aside.</param>
/// <param name="Analysis">What its numbers say; null when it ended before there was a plan.</param>
internal sealed record ScenarioExecution(int ExitCode, RunAnalysis? Analysis)
{
    /// <summary>Runs it, writes the report of what was completed, and shows the result.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="results">The folder of runs.</param>
    /// <param name="floor">Launch sets below which the run cannot say what it is for; a short budget never goes below it.</param>
    /// <param name="traceUi">Where the report's traces can be looked at; null links none.</param>
    /// <param name="forward">Where received spans are sent on to; null for nowhere.</param>
    public static async Task<ScenarioExecution> RunAsync(Scenario scenario, string results, int floor, TraceUi? traceUi = null, ForwardingOptions? forward = null)
    {
        var noise = new NoiseProfileStore(results).Find(scenario.Design.Runtime);
        using var interruption = new Interruption();
        var folder = RunFolder.Create(results, scenario.Name, TimeProvider.System, Guid.NewGuid().ToString("N")[..4]);
        if (noise is not null)
        {
            // A copy: the report must say the same when it is made again, whatever was measured since.
            RunFolder.Write(folder.NoiseFile, noise);
        }

        var exitCode = Execution.ExitCode.Passed;
        await using (var progress = RunProgressDisplay.Start(scenario))
        {
            try
            {
                var end = await ScenarioRunner.RunAsync(scenario, folder, Checkout.Folders, floor, SpreadSizing.For(scenario, noise, floor), Checkout.Commit(), forward, progress, interruption.Token);
                exitCode = end == RunEndReason.Voided ? Execution.ExitCode.Crashed : Execution.ExitCode.Passed;
            }
            catch (OperationCanceledException)
            {
                exitCode = Execution.ExitCode.Interrupted;
            }
        }

        return new ScenarioExecution(exitCode, File.Exists(folder.PlanFile) ? RunReports.WriteAndShow(folder, traceUi) : null);
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
