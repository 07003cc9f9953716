using PerfLab.Analysis;
using PerfLab.Analysis.RunPairs;
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
        var outcome = folder.ReadOutcome();
        var (manifest, plan, analysis) = Analyze(folder, outcome);
        RunFolder.Write(folder.AnalysisFile, analysis);
        RunFolder.Write(folder.SummaryFile, Summary.From(analysis));
        ReportWriter.Write(folder, manifest, plan, analysis, outcome, traceUi);
        SummaryDisplay.Show(analysis, folder);
        return analysis;
    }

    /// <summary>Analyses a run from its raw files and writes nothing.</summary>
    public static RunSide Analyze(RunFolder folder) => Analyze(folder, folder.ReadOutcome());

    private static RunSide Analyze(RunFolder folder, RunOutcome? outcome)
    {
        var manifest = folder.ReadManifest();
        var plan = folder.ReadPlan();
        return new RunSide(manifest, plan, RunAnalyzer.Analyze(manifest, plan, folder.ReadLaunches(), folder.ReadVoidedLaunches(), outcome, folder.ReadNoise()));
    }
}
