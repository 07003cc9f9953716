using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording;

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

    /// <summary>Says whether a metric of an arm has a number, or too few answers for one.</summary>
    public static bool IsTold(ArmAnalysis arm, MetricId metric) => Find(arm, metric) is { Value: not null } or { Missing.Reason: MissingReason.TooFewAnswers };

    private static string? Note(RunAnalysis analysis)
    {
        string?[] notes = [analysis.Plan.Generator is { } generator ? GeneratorWording.ResponseTime(generator, analysis.Plan.RatePerSecond) : null, RunFacts.Queueing(analysis)];
        return string.Join(' ', notes.OfType<string>()) is { Length: > 0 } note ? note : null;
    }

    private static bool HasValue(ReportTable table) => table.Rows.Any(row => row.Cells.Any(cell => cell.Value is not null));

    private static ReportTable Build(string title, IEnumerable<MetricId> metrics, RunAnalysis analysis)
    {
        var formats = metrics
            .Where(metric => analysis.Arms.Any(arm => Find(arm, metric) is not null))
            .Select(metric => new MetricColumnFormat(MetricCatalog.Get(metric), analysis))
            .ToArray();
        var rows = analysis.Arms.Select(arm => new ReportRow(
            arm.Name,
            arm.Role,
            [.. formats.Select(format => format.Cell(Find(arm, format.Metric), arm.Role))]));
        var note = formats.Any(format => format.Metric is MetricId.P50) ? Note(analysis) : null;
        return new ReportTable(title, note, [.. formats.Select(format => format.Column)], [.. rows]);
    }
}

/// <summary>Arms down, metrics across.</summary>
/// <param name="Title">What the metrics have in common.</param>
/// <param name="Note">What to know about all of them; null where there is nothing.</param>
/// <param name="Columns">The metrics.</param>
/// <param name="Rows">The arms in plan order.</param>
internal sealed record ReportTable(string Title, string? Note, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows);

/// <summary>A metric as a column of a table.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Unit of the values; empty for counts.</param>
/// <param name="Threshold">The practical threshold as text; null for a metric without a verdict.</param>
internal sealed record ReportColumn(MetricId Metric, string Title, string Unit, string? Threshold)
{
    /// <summary>Gets title and unit in one line.</summary>
    public string TitleWithUnit => Unit.Length == 0 ? Title : $"{Title}, {Unit}";
}

/// <summary>An arm as a row of a table.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Role">What the arm is for.</param>
/// <param name="Cells">One for each column.</param>
internal sealed record ReportRow(string Arm, ArmRole Role, IReadOnlyList<ReportCell> Cells);

/// <summary>One arm and one metric as text; what is null is not shown.</summary>
internal sealed record ReportCell
{
    /// <summary>Gets the arm's own value in the column's unit; null where not measured.</summary>
    public required string? Value { get; init; }

    /// <summary>Gets what stands in place of the value where there is none.</summary>
    public required string Absence { get; init; }

    /// <summary>Gets the change against the baseline with its sign and unit.</summary>
    public required string? Change { get; init; }

    /// <summary>Gets the interval of the change: in the words of the first screen where it excludes zero, else in the unit of <see cref="Change"/>.</summary>
    public required string? Range { get; init; }

    /// <summary>Gets the verdict.</summary>
    public required VerdictLabel? Verdict { get; init; }

    /// <summary>Gets what the interval leaves open, or how small a cost could have been missed, in a few words.</summary>
    public required string? Caveat { get; init; }

    /// <summary>Gets why there is no value or no verdict.</summary>
    public required string? Reason { get; init; }
}
