using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>What the run says of one threshold.</summary>
/// <param name="Condition">The threshold as it was written.</param>
/// <param name="Label">What the run says of it.</param>
/// <param name="Sentences">One sentence for each arm, the worst first; one for all where it holds for all, or where there is no arm.</param>
internal sealed record ThresholdLine(string Condition, ThresholdLabel Label, IReadOnlyList<string> Sentences);
