using PerfLab.Experiments.Metrics;

namespace PerfLab.Reporting.Content;

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
