using PerfLab.Analysis;
using PerfLab.Cli.Display;
using PerfLab.Collector.Forwarding;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting;
using PerfLab.Runner.Runs;

namespace PerfLab.Cli.Verbs;

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
    public static async Task<ScenarioExecution> RunAsync(Scenario scenario, string results, int floor, TraceUi? traceUi = null, ForwardOptions? forward = null)
    {
        var noise = new NoiseProfiles(results).Find(scenario.Design.Runtime);
        using var interruption = new Interruption();
        var folder = RunFolder.Create(results, scenario.Name, TimeProvider.System, Guid.NewGuid().ToString("N")[..4]);
        if (noise is not null)
        {
            // A copy: the report must say the same when it is made again, whatever was measured since.
            RunFolder.Write(folder.NoiseFile, noise);
        }

        var exitCode = Cli.ExitCode.Passed;
        await using (var progress = RunProgressDisplay.Start(scenario))
        {
            try
            {
                var end = await ScenarioRunner.RunAsync(scenario, folder, Checkout.Folders, floor, SpreadSizing.For(scenario, noise, floor), Checkout.Commit(), forward, progress, interruption.Token);
                exitCode = end == RunEnd.Voided ? Cli.ExitCode.Crashed : Cli.ExitCode.Passed;
            }
            catch (OperationCanceledException)
            {
                exitCode = Cli.ExitCode.Interrupted;
            }
        }

        return new ScenarioExecution(exitCode, File.Exists(folder.PlanFile) ? Reports.WriteAndShow(folder, traceUi) : null);
    }
}
