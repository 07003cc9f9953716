using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Summaries;
using PerfLab.Experiments.Results;
using PerfLab.Reporting;

namespace PerfLab.Cli.Display;

/// <summary>From a run's raw files to its analysis, its reports and the summary in the terminal.</summary>
internal static class Reports
{
    /// <summary>Analyses a run, writes every file that is made from the raw ones, and shows the result.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="traceUi">Where shown traces can be looked at; null links none.</param>
    /// <returns>What the numbers say.</returns>
    public static RunAnalysis WriteAndShow(RunFolder folder, TraceUi? traceUi = null)
    {
        var manifest = folder.ReadManifest();
        var plan = folder.ReadPlan();
        var outcome = folder.ReadOutcome();
        var analysis = RunAnalyzer.Analyze(manifest, plan, folder.ReadLaunches(), folder.ReadVoidedLaunches(), outcome, folder.ReadNoise());
        RunFolder.Write(folder.AnalysisFile, analysis);
        RunFolder.Write(folder.SummaryFile, Summary.From(analysis));
        ReportWriter.Write(folder, manifest, plan, analysis, outcome, traceUi);
        SummaryDisplay.Show(analysis, folder);
        return analysis;
    }
}
