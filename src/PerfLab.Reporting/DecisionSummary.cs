using PerfLab.Analysis;
using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting;

/// <summary>The recommendation in <c>summary.json</c>.</summary>
/// <param name="Outcome">What can be said.</param>
/// <param name="Sentence">The recommendation in one sentence; null where there is none.</param>
/// <param name="WhatWouldChangeIt">One sentence for each change of the conditions that would give another answer.</param>
/// <param name="Arm">The arm that is recommended or comes nearest; null where there is none.</param>
/// <param name="TiedWith">Other arms that meet all conditions and whose CPU cannot be told from it.</param>
/// <param name="NeededLaunchSets">Launch sets that would settle the nearest arm; null where it cannot be said.</param>
/// <param name="Arms">Every arm that could be recommended, in plan order.</param>
/// <param name="WithoutEffect">Variants that cost the same as the baseline.</param>
/// <param name="SameCosts">Pairs of arms that cost the same, those with the baseline among them.</param>
public sealed record DecisionSummary(
    DecisionOutcome Outcome,
    string? Sentence,
    IReadOnlyList<string> WhatWouldChangeIt,
    string? Arm,
    IReadOnlyList<string> TiedWith,
    int? NeededLaunchSets,
    IReadOnlyList<ArmDecisionSummary> Arms,
    IReadOnlyList<string> WithoutEffect,
    IReadOnlyList<SameCost> SameCosts)
{
    internal static DecisionSummary? From(RunAnalysis analysis) => analysis.Decision is not { } decision ? null : new DecisionSummary(
        decision.Outcome,
        RecommendationWording.Sentence(analysis),
        RecommendationWording.WhatWouldChangeIt(analysis),
        decision.Arm,
        decision.TiedWith,
        decision.NeededLaunchSets,
        [.. decision.Arms.Select(arm => new ArmDecisionSummary(arm.Arm, arm.DominatedBy, [.. arm.Conditions.Select(result => new ConditionSummary(result.Condition.Text, result.Outcome, result.Measured, Obstacle(result)))]))],
        [.. decision.SameCosts.Where(pair => pair.Other == analysis.Baseline.Name).Select(pair => pair.Arm)],
        decision.SameCosts);

    private static string? Obstacle(ConditionResult result) => ThresholdWording.Obstacle(result.Obstacle) is { Length: > 0 } words ? words.TrimStart(',', ' ').Replace("but ", string.Empty, StringComparison.Ordinal) : null;
}

/// <summary>A month of the stated traffic in <c>summary.json</c>.</summary>
/// <param name="Sentences">Which arm is the cheapest by each plan, a sentence each.</param>
/// <param name="Traffic">The traffic.</param>
/// <param name="Arms">What each arm takes.</param>
/// <param name="Plans">What each arm costs by each plan.</param>
public sealed record MonthSummary(IReadOnlyList<string> Sentences, TrafficDefinition Traffic, IReadOnlyList<ArmMonth> Arms, IReadOnlyList<PlanCosts> Plans);

/// <summary>One arm of the recommendation in <c>summary.json</c>.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="DominatedBy">An arm that costs less and keeps more; null where there is none.</param>
/// <param name="Conditions">Each condition with what the run says of it.</param>
public sealed record ArmDecisionSummary(string Arm, string? DominatedBy, IReadOnlyList<ConditionSummary> Conditions);

/// <summary>One condition for one arm in <c>summary.json</c>.</summary>
/// <param name="Condition">The condition as written.</param>
/// <param name="Outcome">Whether the interval meets it.</param>
/// <param name="Measured">The interval, in seconds, bytes or as a ratio; null where the run does not say.</param>
/// <param name="Obstacle">What keeps the arm from meeting it whatever the interval is, in words; null where nothing does.</param>
public sealed record ConditionSummary(string Condition, ThresholdOutcome Outcome, Interval? Measured, string? Obstacle);
