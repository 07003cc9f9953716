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
                Text(figures.Run), Text(figures.Scenario), Text(figures.Commit), Text(figures.Machine), FigureText.Word(figures.Trust), .. Load(load), FigureText.Of(load.Load.CapacityShare),
                Text(arm.Name), FigureText.Word(arm.Role), .. Comparison(metric.Summary),
            ]);
    }

    /// <summary>Writes a row for each load, launch set and arm, with a column for each metric.</summary>
    public static string Samples(RunFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Table([.. s_sampleColumns, .. MetricCatalog.All.Select(metric => FigureText.WithUnit(metric.Key, metric.Unit))],
            from load in figures.Loads
            from launchSet in Enumerable.Range(0, load.Load.LaunchSets)
            from arm in load.Arms
            select (IEnumerable<string>)
            [
                Text(figures.Run), Text(figures.Scenario), .. Load(load), FigureText.Of(launchSet + 1), Text(arm.Name), FigureText.Word(arm.Role),
                .. MetricCatalog.All.Select(metric => FigureText.Of(arm.Metrics.FirstOrDefault(own => own.Definition.Id == metric.Id)?.Samples.ElementAtOrDefault(launchSet))),
            ]);
    }

    private static string[] Load(LoadFigures load) => [load.Name, FigureText.Of(load.Load.RatePerSecond)];

    private static string[] Comparison(MetricSummary metric) =>
    [
        metric.Metric, FigureText.Word(metric.Unit), FigureText.Of(metric.N), FigureText.Of(metric.Value), FigureText.Of(metric.Baseline),
        FigureText.Of(metric.Ratio?.Estimate), FigureText.Of(metric.Ratio?.Low), FigureText.Of(metric.Ratio?.High),
        FigureText.Of(metric.Difference?.Estimate), FigureText.Of(metric.Difference?.Low), FigureText.Of(metric.Difference?.High),
        FigureText.Of((metric.Ratio ?? metric.Difference)?.ConfidenceLevel),
        metric.Verdict is { } verdict ? FigureText.Word(verdict) : string.Empty, FigureText.Of(metric.PracticalThreshold), FigureText.Of(metric.DetectableEffect), Text(metric.Reason),
    ];

    private static string Table(string[] columns, IEnumerable<IEnumerable<string>> rows) =>
        string.Concat(rows.Prepend(columns).Select(row => string.Join(',', row) + "\n"));

    private static string Text(string? text)
    {
        text = text is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal) ? "'" + text : text ?? string.Empty;
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
