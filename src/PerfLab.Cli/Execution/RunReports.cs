using PerfLab.Analysis.Runs;
using PerfLab.Cli.Display;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting;
using PerfLab.Reporting.Content;

namespace PerfLab.Cli.Execution;

/// <summary>From a run's raw files to its analysis, its reports and the summary in the terminal.</summary>
internal static class RunReports
{
    /// <summary>Analyses a run, writes every file that is made from the raw ones, and shows the result.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="traceUi">Where shown traces can be looked at; null links none.</param>
    /// <param name="junit">The file of thresholds as test cases; null for none.</param>
    /// <param name="canBeResumed">Whether a scenario file can complete the run; not so for a run that something else made up.</param>
    /// <param name="adapt">Changes what the plan states beside the measuring, such as traffic and prices; null changes nothing.</param>
    /// <param name="options">What the command that writes the report again needs behind the run, with a blank before each.</param>
    /// <returns>What the numbers say.</returns>
    public static RunAnalysis WriteAndShow(RunFolder folder, TraceUi? traceUi = null, string? junit = null, bool canBeResumed = true, Func<Plan, Plan>? adapt = null, string options = "") =>
        Show(folder, ReportWriter.Prepare, (analysis, outcome) => ReportWriter.Write(folder, analysis, outcome, traceUi, options), junit, canBeResumed, adapt);

    /// <summary>Analyses a run and shows the result; the run's folder stays as it is.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="junit">The file of thresholds as test cases; null for none.</param>
    /// <param name="adapt">Changes what the plan states beside the measuring; null changes nothing.</param>
    /// <returns>What the numbers say.</returns>
    public static RunAnalysis Show(RunFolder folder, string? junit, Func<Plan, Plan> adapt) => Show(folder, static () => { }, static (_, _) => { }, junit, canBeResumed: true, adapt);

    /// <summary>Analyses a run from its raw files and writes nothing.</summary>
    public static RunAnalysis Analyze(RunFolder folder) => Read(folder, () => Analyze(folder, folder.ReadOutcome()));

    private static RunAnalysis Show(RunFolder folder, Action prepare, Action<RunAnalysis, RunOutcome?> write, string? junit, bool canBeResumed, Func<Plan, Plan>? adapt) => Read(folder, () =>
    {
        var outcome = folder.ReadOutcome();
        RunAnalysis analysis = null!;
        Concurrently.Invoke(() => analysis = Analyze(folder, outcome, adapt), prepare);
        write(analysis, outcome);
        if (junit is not null)
        {
            NamedOutput.Write(junit, RunJUnit.Of(analysis));
        }

        SummaryDisplay.Show(analysis, folder, canBeResumed);
        return analysis;
    });

    // In files that are as they were written, an error is one of the program.
    private static RunAnalysis Read(RunFolder folder, Func<RunAnalysis> read) =>
        RunChecksums.Check(folder) ? read() : RunConsistency.Read(folder, read, error => ExitCode.Of(error) is not null);

    private static RunAnalysis Analyze(RunFolder folder, RunOutcome? outcome, Func<Plan, Plan>? adapt = null)
    {
        var plan = folder.ReadPlan();
        return RunAnalyzer.Analyze(folder.ReadManifest(), adapt is null ? plan : adapt(plan), folder.ReadLaunches(plan), folder.ReadVoidedLaunches(plan), outcome, folder.ReadNoise());
    }
}
