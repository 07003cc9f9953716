using PerfLab.Analysis;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Reporting.Wording;

/// <summary>Writes out what a run says of its thresholds.</summary>
internal static class ThresholdWording
{
    // A violation must be seen first, and what nobody knows before what is well.
    private static readonly ThresholdOutcome[] WorstFirst = [ThresholdOutcome.Violated, ThresholdOutcome.NotDecided, ThresholdOutcome.Proven];

    /// <summary>Writes one line for each threshold, in their order.</summary>
    public static IReadOnlyList<ThresholdLine> Compose(RunThresholds thresholds) => [.. thresholds.Results.Select(Line)];

    /// <summary>Says the outcome for all arms in one sentence; where there is one arm, with its numbers.</summary>
    public static string Sentence(RunThresholdResult result)
    {
        var parts = WorstFirst
            .Select(outcome => (outcome, Names: string.Join(", ", result.Arms.Where(arm => arm.Outcome == outcome).Select(arm => arm.Arm))))
            .Where(part => part.Names.Length > 0)
            .Select(part => $"{Verb(part.outcome)} {part.Names}");
        return result switch
        {
            { Refusal: { } refusal } => $"{result.Threshold.Text} is not decided: {refusal.Problem} {refusal.Advice}",
            { Arms: [] } => $"{result.Threshold.Text} is not decided: the run has no arm to judge.",
            { Arms: [var arm] } => Sentence(result.Threshold, arm),
            _ => $"{result.Threshold.Condition} {string.Join("; ", parts)}.",
        };
    }

    /// <summary>Says the outcome for one arm, with the numbers and what keeps them from deciding.</summary>
    public static string Sentence(Threshold threshold, ArmThresholdResult arm) =>
        $"{threshold.Condition} {Verb(arm.Outcome)} {arm.Arm}: {Numbers(arm.Evidence)}{Obstacle(arm.Obstacle)}.";

    private static ThresholdLine Line(RunThresholdResult result) => new(
        result.Threshold.Text,
        ThresholdLabel.For(result.Outcome),
        result.Arms.Count == 0 ? [Sentence(result)]
            : result is { Outcome: ThresholdOutcome.Proven, Arms.Count: > 1 } ? [$"{result.Threshold.Text} holds for each of the {result.Arms.Count} arms."]
            : [.. result.Arms.OrderBy(arm => Array.IndexOf(WorstFirst, arm.Outcome)).Select(arm => Sentence(result.Threshold, arm))]);

    private static string Verb(ThresholdOutcome outcome) => outcome switch
    {
        ThresholdOutcome.Proven => "holds for",
        ThresholdOutcome.Violated => "is violated by",
        _ => "is not decided for",
    };

    private static string Numbers(ThresholdEvidence evidence) => evidence switch
    {
        ThresholdEvidence.Change change => $"{Noun(change.Metric)} {PercentText.Change(change.Ratio)}",
        ThresholdEvidence.Value value => $"{Noun(value.Metric)} {QuantityFormat.For(MetricCatalog.Get(value.Metric).Unit, value.Center).Value(value.Center)}",
        ThresholdEvidence.Errors errors => $"errors in {errors.AffectedLaunchSets} of {DisplayText.Counted(errors.LaunchSets, "launch set")}",
        ThresholdEvidence.Spans spans => $"{DisplayText.Count(spans.SampledCount)} spans were sampled and {DisplayText.Count(spans.ArrivedCount)} arrived{(spans.LostRatio is { } ratio ? $", {ArmHealthWording.Percent(ratio)} lost" : string.Empty)}",
        ThresholdEvidence.SpansNotCounted => "lost spans were not measured (the target did not report what it sampled)",
        ThresholdEvidence.NoChange none => $"{Noun(none.Metric)} has no interval ({Because(none.Metric, none.Missing) ?? "nothing to compare it with"})",
        ThresholdEvidence.NotMeasured none => $"{Noun(none.Metric)} was not measured ({Because(none.Metric, none.Missing) ?? "no launch set counts"})",
        ThresholdEvidence.NoInterval none => $"{Noun(none.Metric)} has no interval ({DisplayText.Counted(none.LaunchSets, "launch set")}; {none.NeededLaunchSets} are needed)",
        ThresholdEvidence.NoSuchArm => "the run has no arm of this name",
        ThresholdEvidence.NoSuchRequest => "the run has no numbers for requests of this name",
        _ => "the target has no such metric",
    };

    /// <summary>Says what keeps numbers from deciding, as the end of a sentence about them; empty where nothing does.</summary>
    public static string Obstacle(ThresholdObstacle? obstacle) => obstacle switch
    {
        null => string.Empty,
        ThresholdObstacle.ReachesAcrossLimit => ", which reaches across the limit",
        ThresholdObstacle.LedgerUnbalanced => ", so the ledger does not balance",
        ThresholdObstacle.Untrusted => ", but the run is UNTRUSTED and decides nothing",
        ThresholdObstacle.FaultyArm faulty => $", but {faulty.Arm} {ArmHealthWording.Predicate(faulty.State, faulty.Fault)}",
        ThresholdObstacle.ControlMoved moved => $", but the same configuration measured twice differs by {PercentText.Change(moved.Ratio)}",
        ThresholdObstacle.ControlNotMeasured => ", but the control was not measured in it",
        ThresholdObstacle.BeyondIncluded => ", for more is sent than the plan includes",
        _ => ", but nothing shows that the run can be trusted",
    };

    private static string Noun(MetricId metric) => MetricCatalog.Get(metric).InSentence;

    private static string? Because(MetricId metric, MissingMeasurement? missing) => missing is null ? null : MissingWording.Of(metric, missing);
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
