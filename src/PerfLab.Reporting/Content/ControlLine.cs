using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>What the control showed for one primary metric.</summary>
/// <param name="Metric">The metric's title.</param>
/// <param name="Change">The control's change against the baseline; null where there is none.</param>
/// <param name="Range">Its interval; null where there is none.</param>
/// <param name="Threshold">The practical threshold, for example <c>±5 %</c>.</param>
/// <param name="Verdict">The verdict.</param>
internal sealed record ControlLine(string Metric, string? Change, string? Range, string Threshold, VerdictLabel Verdict);
