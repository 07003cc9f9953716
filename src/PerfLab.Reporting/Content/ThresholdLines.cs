using PerfLab.Analysis.Thresholds;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>Writes out what a run says of its thresholds.</summary>
internal static class ThresholdLines
{
    // A violation must be seen first, and what nobody knows before what is well.
    private static readonly ThresholdOutcome[] WorstFirst = [ThresholdOutcome.Violated, ThresholdOutcome.NotDecided, ThresholdOutcome.Proven];

    /// <summary>Writes one line for each threshold, in their order.</summary>
    public static IReadOnlyList<ThresholdLine> Compose(RunThresholds thresholds) => [.. thresholds.Results.Select(Line)];

    private static ThresholdLine Line(RunThresholdResult result) => new(
        result.Threshold,
        ThresholdLabel.For(result.Outcome),
        result.Arms.Count == 0 ? [result.Sentence]
            : result is { Outcome: ThresholdOutcome.Proven, Arms.Count: > 1 } ? [$"{result.Threshold} holds for each of the {result.Arms.Count} arms."]
            : [.. result.Arms.OrderBy(arm => Array.IndexOf(WorstFirst, arm.Outcome)).Select(arm => arm.Sentence)]);
}
