using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Charts;

/// <summary>Chooses the charts of a run: those for which there are numbers.</summary>
internal static class ChartSet
{
    /// <summary>Makes the charts in reading order.</summary>
    public static IReadOnlyList<IChart> For(RunAnalysis analysis)
    {
        // A picture travels alone: it must carry the warning itself.
        var caveat = analysis.Trust.Level == TrustLevel.Untrusted ? "Untrusted run: " : string.Empty;
        List<IChart> charts = [];
        foreach (var (metric, stem) in new[] { (MetricId.Cpu, "overhead-cpu"), (MetricId.Allocation, "overhead-allocation") })
        {
            var rows = ForestRows.Gather(analysis, metric);
            if (rows.Any(row => row.Change is not null || row.LaunchSets.Count > 0))
            {
                charts.Add(new ForestChart(stem, caveat + OverheadWording.For(metric, analysis), rows, Threshold(analysis, metric), Baseline(analysis)));
            }
        }

        if (FrontChart.CanShow(analysis))
        {
            charts.Add(new FrontChart(caveat, analysis));
        }

        foreach (var (metric, stem) in new[] { (MetricId.Cpu, "load-cpu"), (MetricId.P50, "load-p50"), (MetricId.P99, "load-p99") })
        {
            if (LoadLevelChart.CanShow(metric, analysis))
            {
                charts.Add(new LoadLevelChart(stem, caveat, metric, analysis));
            }
        }

        charts.AddRange(analysis.Calibration.Where(series => series.Points.Count > 0).Select(series => new CalibrationChart(caveat, series)));
        if (analysis.Arms.Any(LatencyChart.CanShow))
        {
            charts.Add(new LatencyChart("response-time", caveat, analysis.Arms) { Origin = GeneratorWording.Origin(analysis.Plan.Generator) });
        }

        if (analysis.Arms.Any(arm => ExportChart.BytesOf(arm) is not null))
        {
            charts.Add(new ExportChart("exported-bytes", caveat, analysis.Arms));
        }

        return charts;
    }

    private static double Threshold(RunAnalysis analysis, MetricId metric) =>
        analysis.Arms.Select(arm => MetricTables.Find(arm, metric)).OfType<MetricComparison>().First().PracticalThreshold;

    private static string Baseline(RunAnalysis analysis) =>
        analysis.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Baseline)?.Name ?? "the baseline";
}
