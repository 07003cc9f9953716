using PerfLab.Analysis.Thresholds;

namespace PerfLab.Reporting.Wording;

/// <summary>Writes out what a run says of its thresholds.</summary>
internal static class ThresholdWording
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

/// <summary>What the run says of one threshold.</summary>
/// <param name="Condition">The threshold as it was written.</param>
/// <param name="Label">What the run says of it.</param>
/// <param name="Sentences">One sentence for each arm, the worst first; one for all where it holds for all, or where there is no arm.</param>
internal sealed record ThresholdLine(string Condition, ThresholdLabel Label, IReadOnlyList<string> Sentences);

/// <summary>What a run says of a threshold, in a word, with a sign that stands without colour.</summary>
/// <param name="Sign">One character.</param>
/// <param name="Word">The word a reader sees.</param>
/// <param name="Key">Stable lower-case key for styles.</param>
internal sealed record ThresholdLabel(string Sign, string Word, string Key)
{
    /// <summary>Gets the label of an outcome.</summary>
    public static ThresholdLabel For(ThresholdOutcome outcome) => outcome switch
    {
        ThresholdOutcome.Proven => new("✓", "Proven", "proven"),
        ThresholdOutcome.Violated => new("✕", "Violated", "violated"),
        _ => new("?", "Not decided", "open"),
    };
}
