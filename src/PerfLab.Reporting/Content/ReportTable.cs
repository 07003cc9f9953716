namespace PerfLab.Reporting.Content;

/// <summary>Arms down, metrics across.</summary>
/// <param name="Title">What the metrics have in common.</param>
/// <param name="Columns">The metrics.</param>
/// <param name="Rows">The arms in plan order.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows);
