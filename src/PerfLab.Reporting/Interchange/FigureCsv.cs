using PerfLab.Experiments;

namespace PerfLab.Reporting.Interchange;

/// <summary>
/// The figures of a run as comma-separated values (RFC 4180 but for line ends, which are LF). A text with which a spreadsheet would
/// begin to calculate has an apostrophe before it.
/// </summary>
public static class FigureCsv
{
    private const string FormulaStarts = "=+-@\t\r\n";

    private static readonly string[] s_comparisonColumns =
    [
        "run", "scenario", "commit", "machine", "trust", "load", "load_rate_per_second", "load_capacity_ratio", "arm", "role", "metric", "unit", "launch_sets",
        "value", "baseline", "change_ratio", "change_low_ratio", "change_high_ratio", "difference", "difference_low", "difference_high", "confidence_level_ratio",
        "verdict", "practical_threshold_ratio", "detectable_change_ratio", "reason",
    ];

    private static readonly string[] s_sampleColumns = ["run", "scenario", "load", "load_rate_per_second", "launch_set", "arm", "role"];

    /// <summary>Writes a row for each load, arm and metric. Values and differences are in the row's unit.</summary>
    public static string Comparisons(RunFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Table(s_comparisonColumns,
            from load in figures.Loads
            from arm in load.Arms
            from metric in arm.Metrics
            select (IEnumerable<string>)
            [
                Text(figures.Run), Text(figures.Scenario), Text(figures.Commit), Text(figures.Machine), NumberText.Word(figures.Trust), .. Load(load), NumberText.Of(load.Load.CapacityShare),
                Text(arm.Name), NumberText.Word(arm.Role), .. Comparison(metric.Summary),
            ]);
    }

    /// <summary>Writes a row for each load, launch set and arm, with a column for each metric.</summary>
    public static string Samples(RunFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Table([.. s_sampleColumns, .. MetricCatalog.All.Select(metric => NumberText.WithUnit(metric.Key, metric.Unit))],
            from load in figures.Loads
            from launchSet in Enumerable.Range(0, load.Load.LaunchSets)
            from arm in load.Arms
            select (IEnumerable<string>)
            [
                Text(figures.Run), Text(figures.Scenario), .. Load(load), NumberText.Of(launchSet + 1), Text(arm.Name), NumberText.Word(arm.Role),
                .. MetricCatalog.All.Select(metric => NumberText.Of(arm.Metrics.FirstOrDefault(own => own.Definition.Id == metric.Id)?.Samples.ElementAtOrDefault(launchSet))),
            ]);
    }

    private static string[] Load(LoadFigures load) => [load.Name, NumberText.Of(load.Load.RatePerSecond)];

    private static string[] Comparison(MetricSummary metric) =>
    [
        metric.Metric, NumberText.Word(metric.Unit), NumberText.Of(metric.N), NumberText.Of(metric.Value), NumberText.Of(metric.Baseline),
        NumberText.Of(metric.Ratio?.Estimate), NumberText.Of(metric.Ratio?.Low), NumberText.Of(metric.Ratio?.High),
        NumberText.Of(metric.Difference?.Estimate), NumberText.Of(metric.Difference?.Low), NumberText.Of(metric.Difference?.High),
        NumberText.Of((metric.Ratio ?? metric.Difference)?.ConfidenceLevel),
        metric.Verdict is { } verdict ? NumberText.Word(verdict) : string.Empty, NumberText.Of(metric.PracticalThreshold), NumberText.Of(metric.DetectableEffect), Text(metric.Reason),
    ];

    private static string Table(string[] columns, IEnumerable<IEnumerable<string>> rows) =>
        string.Concat(rows.Prepend(columns).Select(row => string.Join(',', row) + "\n"));

    private static string Text(string? text)
    {
        text = text is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal) ? "'" + text : text ?? string.Empty;
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
