using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Decisions;

/// <summary>
/// Takes decisions away that an arm, the baseline or the control cannot bear, as for thresholds: a condition on a cost is one.
/// What an arm costs that did not do all its work is a lower bound, and what it keeps by its sampler an upper bound: both can show
/// that a condition is missed, and never that it is met.
/// </summary>
internal static class ConditionGate
{
    /// <summary>Finds what keeps an arm from meeting a condition; null where nothing does.</summary>
    internal static ThresholdObstacle? ObstacleTo(DecisionCondition condition, ArmAnalysis arm, DecisionBasis basis)
    {
        if (IsObserved(condition, arm, basis))
        {
            return null;
        }

        var isChange = IsChange(condition, basis.Plan);
        return Heaviest(Fault(arm), isChange ? Fault(basis.Baseline) : null, isChange ? Control(condition, arm, basis) : null)
            ?? Included(condition, arm, basis);
    }

    // A fault of the arm that makes its cost a lower bound leaves something to say, and every other obstacle nothing: it comes last.
    private static ThresholdObstacle? Heaviest(ThresholdObstacle.FaultyArm? own, ThresholdObstacle.FaultyArm? ofBaseline, ThresholdObstacle? control) =>
        own is { Fault.IsLowerBound: false } ? own : ofBaseline ?? control ?? own;

    /// <summary>Gets the outcome that an obstacle leaves of what the interval says.</summary>
    internal static ThresholdOutcome Pass(ThresholdOutcome outcome, ThresholdObstacle? obstacle, ArmAnalysis arm) => obstacle switch
    {
        null => outcome,
        ThresholdObstacle.FaultyArm { Fault.IsLowerBound: true } faulty when faulty.Arm == arm.Name && outcome == ThresholdOutcome.Violated => outcome,
        ThresholdObstacle.BeyondIncluded when outcome == ThresholdOutcome.Violated => outcome,
        _ => ThresholdOutcome.NotDecided,
    };

    /// <summary>Says whether a plan bills what an arm takes more than the baseline.</summary>
    internal static bool IsBilledByChange(PricingPlan plan) => plan.Prices.Any(price => price.Unit == PriceUnit.CoreHour);

    private static ThresholdObstacle.BeyondIncluded? Included(DecisionCondition condition, ArmAnalysis arm, DecisionBasis basis) =>
        condition.Quantity == DecisionQuantity.Cost && MonthEstimator.CostOf(arm, basis) is { IsAtLeast: true } ? new ThresholdObstacle.BeyondIncluded() : null;

    private static ThresholdObstacle.FaultyArm? Fault(ArmAnalysis arm) =>
        arm.Health.Faults.OrderBy(fault => fault.IsLowerBound).FirstOrDefault() is { } fault ? new ThresholdObstacle.FaultyArm(arm.Name, arm.Health.State, fault) : null;

    // What arrived was kept, whatever was lost elsewhere.
    private static bool IsObserved(DecisionCondition condition, ArmAnalysis arm, DecisionBasis basis) => condition.Quantity switch
    {
        DecisionQuantity.TracesKept => arm.Spans.SampledCount is null || ArmQuantities.Retention(arm, basis.Visibility) is { Kept.Interval: not null },
        _ => condition.Kind == DecisionLimit.Share,
    };

    private static bool IsChange(DecisionCondition condition, Plan plan) => condition switch
    {
        { Kind: DecisionLimit.Change or DecisionLimit.Difference } => true,
        { Quantity: DecisionQuantity.Cost } => plan.Decision is { Pricing: [var first, ..] } && IsBilledByChange(first),
        _ => false,
    };

    private static ThresholdObstacle? Control(DecisionCondition condition, ArmAnalysis arm, DecisionBasis basis)
    {
        // The baseline does not differ from itself, whatever the control does.
        if (arm.Role == ArmRole.Baseline)
        {
            return null;
        }

        if (condition.Metric is { } metric)
        {
            return ObstacleFinder.Control(ControlRule.Of(metric, basis.Arms), Claimed(condition, arm.Get(metric)));
        }

        // Money for a change of CPU is a claim about that change.
        return arm.Get(MetricId.Cpu).Ratio is { } cpu ? ObstacleFinder.Control(ControlRule.Of(MetricId.Cpu, basis.Arms), ControlRule.Distance(cpu)) : null;
    }

    private static double Claimed(DecisionCondition condition, MetricComparison comparison) => comparison.Ratio is not { } ratio ? double.PositiveInfinity
        : condition.Kind == DecisionLimit.Change ? ControlRule.Claim(condition.Limit, ratio)
        : ControlRule.Claim(condition.Limit / comparison.Baseline ?? double.PositiveInfinity, ratio);
}
