using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Reporting.Wording;

/// <summary>Says what a run recommends, and what would change it.</summary>
internal static class RecommendationWording
{
    /// <summary>Writes the recommendation in one sentence; null where the scenario asks for none or the run decides nothing.</summary>
    public static string? Sentence(RunAnalysis analysis) => analysis.Decision is { } decision && decision.Arm is { } arm ? Sentence(decision, decision.Arms.Single(entry => entry.Arm == arm), analysis) : null;

    /// <summary>Writes what would change the recommendation, a sentence each; none where nothing is recommended.</summary>
    public static IReadOnlyList<string> WhatWouldChangeIt(RunAnalysis analysis)
    {
        if (analysis.Decision is not { Arm: { } name } decision)
        {
            return [];
        }

        var arm = decision.Arms.Single(entry => entry.Arm == name);
        return decision.Outcome is DecisionOutcome.Recommended or DecisionOutcome.Tied
            ?
            [
                .. arm.Conditions.Where(condition => !IsAtItsBest(condition)).OrderBy(Slack).Take(1).Select(condition => $"{Name(name)} no longer qualifies with {Tightened(condition)}."),
                .. Alternatives(decision, name, analysis).Select(other => $"{Name(other.Arm)} misses {Missed(other)}{WouldAdmit(other)}."),
            ]
            : [.. LaunchSets(decision, arm, analysis), .. Admitted(decision, arm)];
    }

    /// <summary>Gets how far the recommendation is settled, which is another question than whether the measuring can be trusted.</summary>
    public static DecisionLabel Label(RunAnalysis analysis) => analysis.Decision?.Outcome switch
    {
        _ when ArmHealthWording.BrokenBaseline(analysis) is not null => new("✕", "Recommendation: none, the baseline is broken", "missed"),
        DecisionOutcome.Recommended => new("✓", "Recommendation: decided", "decided"),
        DecisionOutcome.Tied => new("✓", "Recommendation: decided, a tie", "decided"),
        DecisionOutcome.NotProven => new("?", "Recommendation: not decided", "open"),
        DecisionOutcome.NoneMeets => new("✕", "Recommendation: decided, no arm qualifies", "missed"),
        DecisionOutcome.NotTrusted => new("–", "Recommendation: none, the measurement cannot carry one", "none"),
        DecisionOutcome.NoCandidate => new("✕", "Recommendation: none, no arm keeps a trace", "missed"),
        _ => new("–", "Recommendation: not asked for", "none"),
    };

    /// <summary>Says which arms are dominated where the scenario asks for no recommendation; null where it does, or where no arm could be chosen.</summary>
    public static string? WithoutConditions(RunAnalysis analysis)
    {
        if (analysis.Decision is not { Outcome: DecisionOutcome.NotAsked, Arms.Count: > 0 } decision)
        {
            return null;
        }

        string[] dominated = [.. decision.Arms.Where(arm => arm.DominatedBy is not null).Select(arm => $"{Name(arm.Arm)} (by {Name(arm.DominatedBy!)})")];
        return $"The scenario states no budget and no goal (decide). {(dominated.Length == 0 ? "No arm is shown to cost more and keep less than another." : $"Dominated, for another costs less and keeps more: {string.Join(", ", dominated)}.")}";
    }

    /// <summary>Says which arms cost the same, so that the setting in which they differ bought nothing; none where no two are shown to.</summary>
    public static IReadOnlyList<string> BoughtNothing(RunAnalysis analysis)
    {
        var baseline = analysis.Baseline.Name;
        var pairs = analysis.Decision?.SameCosts ?? [];
        var withoutEffect = pairs.Where(pair => pair.Other == baseline).ToArray();
        var others = pairs.Where(pair => pair.Other != baseline && !Array.Exists(withoutEffect, known => known.Arm == pair.Arm)).ToArray();
        return
        [
            .. withoutEffect.GroupBy(Metrics).Select(group => $"Without effect: {string.Join(", ", group.Select(pair => Name(pair.Arm)))}. The same as {Name(baseline)} within the practical thresholds: {group.Key}."),
            .. others.GroupBy(Metrics).Select(group => $"The choice buys nothing between {string.Join("; ", group.Select(pair => $"{Name(pair.Other)} and {Name(pair.Arm)}"))}. The same within the practical thresholds: {group.Key}."),
        ];
    }

    /// <summary>Says what was measured of an arm for a condition: <c>full: p50 1.2 ms (1.1 to 1.3 ms)</c>.</summary>
    public static string Measured(string arm, ConditionResult condition) =>
        $"{Name(arm)}: {QuantityName(condition)} {(condition.Measured is null ? Measured(condition) : $"{Estimated(condition)} ({Measured(condition)})")}{ThresholdWording.Obstacle(condition.Obstacle)}";

    private static string Sentence(RunDecision decision, ArmDecision arm, RunAnalysis analysis) => decision.Outcome switch
    {
        DecisionOutcome.Recommended when decision.Arms.Count(entry => entry.Outcome == ThresholdOutcome.Proven) is > 1 and var count =>
            $"Run {Name(arm.Arm)}: it meets {All(arm.Conditions)}, with the least CPU of the {count} arms {(AsksForTraces(arm) ? string.Empty : "with traces ")}that do.",
        DecisionOutcome.Recommended => $"Run {Name(arm.Arm)}, the only arm {(AsksForTraces(arm) ? string.Empty : "with traces ")}shown to meet {All(arm.Conditions)}.",
        DecisionOutcome.Tied => $"Run {Name(arm.Arm)} or {string.Join(" or ", decision.TiedWith.Select(Name))}: each meets {Conditions(arm.Conditions)}, and their CPU cannot be told apart.",
        DecisionOutcome.NotProven => $"No configuration is shown to meet {Conditions(arm.Conditions)}. The nearest is {Name(arm.Arm)}: {Open(arm, analysis.LaunchSets)}.",
        _ => $"No configuration meets {Conditions(arm.Conditions)}. Even the nearest, {Name(arm.Arm)}, misses {Missed(arm)}.",
    };

    // An arm without traces is no candidate; it may meet a budget and can meet no goal.
    private static bool AsksForTraces(ArmDecision arm) => arm.Conditions.Any(condition => condition.Condition.Kind == DecisionLimit.Share);

    // More launch sets settle an interval, and nothing but a repair what an obstacle hides.
    private static string Open(ArmDecision arm, int launchSets)
    {
        ConditionResult[] open = [.. Of(arm, ThresholdOutcome.NotDecided)];
        ConditionResult[] wide = [.. open.Where(condition => condition.Obstacle is null)];
        string[] parts =
        [
            .. wide.Length > 0 ? [$"{All(wide)} is not decided by {DisplayText.Counted(launchSets, "launch set")}"] : Array.Empty<string>(),
            .. open.Where(condition => condition.Obstacle is not null).Select(condition => $"{QuantityName(condition)} is {Measured(condition)}{ThresholdWording.Obstacle(condition.Obstacle)}"),
        ];
        return string.Join("; ", parts);
    }

    private static IEnumerable<string> LaunchSets(RunDecision decision, ArmDecision nearest, RunAnalysis analysis) => decision switch
    {
        { Outcome: not DecisionOutcome.NotProven } => [],
        { NeededLaunchSets: { } far } when ThresholdAdvice.IsOutOfReach(far, analysis.LaunchSets) =>
            [OutOfReach(nearest, $"about {DisplayText.Count(far)}")],
        { NeededLaunchSets: { } needed } => [$"About {DisplayText.Counted(needed - analysis.LaunchSets, "more launch set")}, {needed} in all, would settle {Name(nearest.Arm)}."],
        _ when Of(nearest, ThresholdOutcome.NotDecided).FirstOrDefault(condition => condition is { Obstacle: null, Measured: { } measured } && !condition.Condition.Holds(measured.Estimate)) is { } doubtful =>
            [$"More launch sets would probably show that {Name(nearest.Arm)} misses {doubtful.Condition.Text}: its estimate, {Estimated(doubtful)}, does."],
        _ when Of(nearest, ThresholdOutcome.NotDecided).All(condition => condition is { Obstacle: null, Measured: not null }) => [OutOfReach(nearest, "more than 1,000")],
        _ => [],
    };

    private static string OutOfReach(ArmDecision nearest, string launchSets) =>
        $"Repeating the run will not settle {Name(nearest.Arm)} on this machine in practice: it would take {launchSets} launch sets. {ThresholdAdvice.Instead}";

    // What would have to be asked of an arm instead, for its intervals to meet it; the nearest arm first.
    private static IEnumerable<string> Admitted(RunDecision decision, ArmDecision nearest) => decision.Arms
        .OrderByDescending(arm => arm == nearest)
        .Select(arm => (arm.Arm, Instead: Instead(arm)))
        .Where(arm => arm.Instead is not null)
        .Take(3)
        .Select(arm => $"{Capitalized(arm.Instead!)} would admit {Name(arm.Arm)}.");

    private static string WouldAdmit(ArmDecision arm) => Instead(arm) is { } instead ? $"; {instead} would admit it" : string.Empty;

    // Null where no limit would do: for what was not measured, and for a goal that nothing keeps.
    private static string? Instead(ArmDecision arm)
    {
        ConditionResult[] open = [.. arm.Conditions.Where(condition => condition.Outcome != ThresholdOutcome.Proven)];
        return Array.TrueForAll(open, CanBeMet) ? DisplayText.Listed([.. open.Select(Relaxed)]) : null;
    }

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Metrics(SameCost pair) => DisplayText.Listed([.. pair.Metrics.Select(metric => MetricCatalog.Get(metric).InSentence)])
        + (pair.Open.Count == 0 ? string.Empty : $" ({DisplayText.Listed([.. pair.Open.Select(metric => MetricCatalog.Get(metric).InSentence)])} not settled)");

    // Dearer arms show what a larger budget would buy, cheaper ones what a smaller goal would save; both in plan order.
    private static IEnumerable<ArmDecision> Alternatives(RunDecision decision, string chosen, RunAnalysis analysis) =>
        decision.Arms.Where(arm => arm.Arm != chosen && arm.Outcome == ThresholdOutcome.Violated && analysis.Arms.Any(other => other.Name == arm.Arm)).Take(3);

    private static string Missed(ArmDecision arm) => All(Of(arm, ThresholdOutcome.Violated));

    private static IEnumerable<ConditionResult> Of(ArmDecision arm, ThresholdOutcome outcome) => arm.Conditions.Where(condition => condition.Outcome == outcome);

    private static string All(IEnumerable<ConditionResult> conditions) => DisplayText.Listed([.. conditions.Select(condition => $"{condition.Condition.Text} ({Measured(condition)})")]);

    private static string Conditions(IEnumerable<ConditionResult> conditions) => DisplayText.Listed([.. conditions.Select(condition => condition.Condition.Text)]);

    private static string Measured(ConditionResult condition) => condition.Measured is { } measured
        ? condition.Condition.Quantity == DecisionQuantity.Cost ? $"{(condition.Obstacle is ThresholdObstacle.BeyondIncluded ? "at least " : string.Empty)}{Money(measured)}"
        : Bounds(Scale(condition, measured).Apart(condition.Condition.Limit, measured.Low, measured.High), measured)
        : "not measured";

    private static string Bounds(QuantityFormat scale, Analysis.Interval measured) =>
        measured.Low.Equals(measured.High) ? scale.WithUnit(measured.Estimate) : $"{scale.Number(measured.Low)} to {scale.WithUnit(measured.High)}";

    private static string Estimated(ConditionResult condition) => condition.Condition.Quantity == DecisionQuantity.Cost
        ? FormattableString.Invariant($"{condition.Measured!.Estimate:#,0.00}")
        : Scale(condition, condition.Measured!).WithUnit(condition.Measured!.Estimate);

    private static string Money(Analysis.Interval money) => money.Low.Equals(money.High) ? FormattableString.Invariant($"{money.High:#,0.00}") : FormattableString.Invariant($"{money.Low:#,0.00} to {money.High:#,0.00}");

    private static string Tightened(ConditionResult condition) => IsBudget(condition)
        ? $"a budget of {QuantityName(condition)} below {Rounded(condition, condition.Measured!.High, isUp: false)}"
        : $"a goal of {QuantityName(condition)} above {Rounded(condition, condition.Measured!.Low, isUp: true)}";

    private static string Relaxed(ConditionResult condition) => IsBudget(condition)
        ? $"a budget of {QuantityName(condition)} above {Rounded(condition, condition.Measured!.High, isUp: true)}"
        : $"a goal of {QuantityName(condition)} below {Rounded(condition, condition.Measured!.Low, isUp: false)}";

    // No goal is below nothing.
    private static bool CanBeMet(ConditionResult condition) => condition is { Obstacle: null, Measured: { } measured } && (IsBudget(condition) || Scale(condition, measured).Rounded(measured.Low, isUp: false) > 0);

    private static bool IsBudget(ConditionResult condition) => condition.Condition.Operator is ThresholdOperator.Below or ThresholdOperator.AtMost;

    // Rounded to the side on which the sentence stays true.
    private static string Rounded(ConditionResult condition, double bound, bool isUp)
    {
        var text = condition.Condition.Quantity == DecisionQuantity.Cost
            ? FormattableString.Invariant($"{(isUp ? Math.Ceiling(bound * 100) : Math.Floor(bound * 100)) / 100:#,0.00}")
            : Scale(condition, condition.Measured!).WithUnitRounded(bound, isUp);
        return condition.Condition.Kind == DecisionLimit.Monthly ? text + "/month" : text;
    }

    private static string QuantityName(ConditionResult condition) => condition.Condition.Text.Split('<', '>')[0].Trim();

    // No goal can ask for more than everything.
    private static bool IsAtItsBest(ConditionResult condition) => condition is { Condition.Kind: DecisionLimit.Share, Measured.Low: >= 1 } or { Measured: null };

    private static double Slack(ConditionResult condition) => condition.Measured is not { } measured ? double.PositiveInfinity
        : condition.Condition.Kind == DecisionLimit.Share ? Math.Abs(measured.Low - condition.Condition.Limit)
        : Math.Abs(condition.Condition.Limit - measured.High) / condition.Condition.Limit;

    private static QuantityFormat Scale(ConditionResult condition, Analysis.Interval measured)
    {
        var unit = condition.Condition switch
        {
            { Kind: DecisionLimit.Change or DecisionLimit.Share } => MetricUnit.Ratio,
            { Quantity: DecisionQuantity.Allocation or DecisionQuantity.Exported } => MetricUnit.Bytes,
            _ => MetricUnit.Seconds,
        };
        return QuantityFormat.ForColumn(unit, [measured.High, condition.Condition.Limit]);
    }

    private static string Name(string arm) => DisplayText.Name(arm);
}

/// <summary>How far a recommendation is settled.</summary>
/// <param name="Sign">One character.</param>
/// <param name="Word">The state in a few words that say what it is the state of.</param>
/// <param name="Key">Stable lower-case key for styles.</param>
internal sealed record DecisionLabel(string Sign, string Word, string Key);
