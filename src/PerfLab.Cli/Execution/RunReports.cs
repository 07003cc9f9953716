using PerfLab.Analysis.Runs;
using PerfLab.Cli.Display;
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
    /// <returns>What the numbers say.</returns>
    public static RunAnalysis WriteAndShow(RunFolder folder, TraceUi? traceUi = null)
    {
        var outcome = folder.ReadOutcome();
        var (manifest, plan, analysis) = Analyze(folder, outcome);
        RunFolder.Write(folder.AnalysisFile, analysis);
        RunFolder.Write(folder.SummaryFile, RunSummary.From(analysis));
        ReportWriter.Write(folder, manifest, plan, analysis, outcome, traceUi);
        SummaryDisplay.Show(analysis, folder);
        return analysis;
    }

    /// <summary>Analyses a run from its raw files and writes nothing.</summary>
    public static AnalyzedRun Analyze(RunFolder folder) => Analyze(folder, folder.ReadOutcome());

    private static AnalyzedRun Analyze(RunFolder folder, RunOutcome? outcome)
    {
        var manifest = folder.ReadManifest();
        var plan = folder.ReadPlan();
        return new AnalyzedRun(manifest, plan, RunAnalyzer.Analyze(manifest, plan, folder.ReadLaunches(plan), folder.ReadVoidedLaunches(plan), outcome, folder.ReadNoise()));
    }
}
