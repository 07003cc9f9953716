using PerfLab.Analysis;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>Lays the comparisons out in tables, each with one scale per column.</summary>
internal static class MetricTables
{
    private static readonly (string Title, MetricId[] Metrics)[] Groups =
    [
        ("What it costs", [MetricId.Cpu, MetricId.Allocation, MetricId.GcPause, MetricId.WorkingSet]),
        ("Response time", [MetricId.P50, MetricId.P90, MetricId.P99, MetricId.P999]),
        ("Until the work after the answer is done", [MetricId.CompletionP50, MetricId.CompletionP99]),
        ("What is exported", [MetricId.ExportedBytes, MetricId.ExportedSpans, MetricId.Errors]),
        ("What it costs in the collector", [MetricId.CollectorCpu, MetricId.CollectorMemory]),
    ];

    /// <summary>Builds the tables; one in which nothing was measured is left out.</summary>
    public static IReadOnlyList<ReportTable> Build(RunAnalysis analysis) =>
        [.. Groups.Select(group => Build(group.Title, group.Metrics, analysis)).Where(HasValue)];

    /// <summary>Finds an arm's comparison of a metric, or null.</summary>
    public static MetricComparison? Find(ArmAnalysis arm, MetricId metric) => arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric);

    private static bool HasValue(ReportTable table) => table.Rows.Any(row => row.Cells.Any(cell => cell.Value is not null));

    private static ReportTable Build(string title, IEnumerable<MetricId> metrics, RunAnalysis analysis)
    {
        var formats = metrics
            .Where(metric => analysis.Arms.Any(arm => Find(arm, metric) is not null))
            .Select(metric => new MetricColumnFormat(MetricCatalogue.Get(metric), analysis))
            .ToArray();
        var rows = analysis.Arms.Select(arm => new ReportRow(
            arm.Name,
            arm.Role,
            [.. formats.Select(format => format.Cell(Find(arm, format.Metric), arm.Role))]));
        return new ReportTable(title, [.. formats.Select(format => format.Column)], [.. rows]);
    }
}
