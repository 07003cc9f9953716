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
        if (analysis.Decision is not { Outcome: DecisionOutcome.Recommended or DecisionOutcome.Tied, Arm: { } name } decision)
        {
            return [];
        }

        var chosen = decision.Arms.Single(arm => arm.Arm == name);
        return
        [
            .. chosen.Conditions.Where(condition => !IsAtItsBest(condition)).OrderBy(Slack).Take(1).Select(condition => $"{Name(name)} no longer qualifies with {Tightened(condition)}."),
            .. Alternatives(decision, name, analysis).Select(arm => $"{Name(arm.Arm)} misses {Missed(arm)}."),
        ];
    }

    private static string Sentence(RunDecision decision, ArmDecision arm, RunAnalysis analysis) => decision.Outcome switch
    {
        DecisionOutcome.Recommended => $"Run {Name(arm.Arm)}: it meets {All(arm.Conditions)}{Cheapest(decision)}.",
        DecisionOutcome.Tied => $"Run {Name(arm.Arm)} or {string.Join(" or ", decision.TiedWith.Select(Name))}: each meets {Conditions(arm.Conditions)}, and their CPU cannot be told apart.",
        DecisionOutcome.NotProven => $"No arm provably meets every condition. {Name(arm.Arm)} comes nearest: {All(Of(arm, ThresholdOutcome.NotDecided))} is not decided{Needed(decision, analysis)}.",
        _ => $"No arm meets every condition. {Name(arm.Arm)} comes nearest and misses {Missed(arm)}.",
    };

    private static string Cheapest(RunDecision decision) => decision.Arms.Count(arm => arm.Outcome == ThresholdOutcome.Proven) is > 1 and var count
        ? $", with the least CPU of the {count} arms that do"
        : ", as the only arm";

    private static string Needed(RunDecision decision, RunAnalysis analysis) => decision.NeededLaunchSets is { } needed
        ? $". About {needed} launch sets instead of {analysis.LaunchSets} would settle it"
        : string.Empty;

    // Dearer arms show what a larger budget would buy, cheaper ones what a smaller goal would save; both in plan order.
    private static IEnumerable<ArmDecision> Alternatives(RunDecision decision, string chosen, RunAnalysis analysis) =>
        decision.Arms.Where(arm => arm.Arm != chosen && arm.Outcome == ThresholdOutcome.Violated && analysis.Arms.Any(other => other.Name == arm.Arm)).Take(3);

    private static string Missed(ArmDecision arm) => All(Of(arm, ThresholdOutcome.Violated));

    private static IEnumerable<ConditionResult> Of(ArmDecision arm, ThresholdOutcome outcome) => arm.Conditions.Where(condition => condition.Outcome == outcome);

    private static string All(IEnumerable<ConditionResult> conditions) => Join([.. conditions.Select(condition => $"{condition.Condition.Text} ({Measured(condition)})")]);

    private static string Conditions(IEnumerable<ConditionResult> conditions) => Join([.. conditions.Select(condition => condition.Condition.Text)]);

    private static string Join(string[] parts) => parts.Length < 3 ? string.Join(" and ", parts) : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";

    private static string Measured(ConditionResult condition) => condition.Measured is { } measured
        ? condition.Condition.Quantity == DecisionQuantity.Cost ? Money(measured)
        : measured.Low.Equals(measured.High) ? Scale(condition, measured).WithUnit(measured.Estimate) : $"{Scale(condition, measured).Number(measured.Low)} to {Scale(condition, measured).WithUnit(measured.High)}"
        : "not measured";

    private static string Money(Analysis.Interval money) => money.Low.Equals(money.High) ? FormattableString.Invariant($"{money.High:#,0.00}") : FormattableString.Invariant($"{money.Low:#,0.00} to {money.High:#,0.00}");

    private static string Tightened(ConditionResult condition)
    {
        var measured = condition.Measured!;
        var isCost = condition.Condition.Operator is Experiments.Thresholds.ThresholdOperator.Below or Experiments.Thresholds.ThresholdOperator.AtMost;
        var bound = condition.Condition.Quantity == DecisionQuantity.Cost ? FormattableString.Invariant($"{measured.High:#,0.00}") : Scale(condition, measured).WithUnit(isCost ? measured.High : measured.Low);
        return isCost ? $"a budget of {QuantityName(condition)} below {bound}" : $"a goal of {QuantityName(condition)} above {bound}";
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
