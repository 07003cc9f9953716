using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Traces;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Decisions;

/// <summary>
/// Recommends an arm: of those that provably meet every condition of the scenario the one that costs the least CPU. An arm that
/// keeps no trace is never recommended, and neither is one that is broken. A pure function; <c>docs/decide.md</c> has the table.
/// </summary>
public static class Recommender
{
    // More launch sets than these nobody waits for.
    private const int MostLaunchSets = 1_000;

    /// <summary>Decides.</summary>
    /// <param name="basis">The run.</param>
    public static RunDecision Decide(DecisionBasis basis)
    {
        DecisionCondition[] conditions = [.. basis.Plan.Decision?.ParseConditions() ?? []];
        ArmAnalysis[] candidates = [.. basis.Arms.Where(IsCandidate)];
        ArmDecision[] arms = [.. candidates.Select(arm => new ArmDecision(arm.Name, [.. conditions.Select(condition => Judge(condition, arm, basis))], MayDecide(basis) ? Dominance.Of(arm, candidates, basis) : null))];
        var decision = new RunDecision
        {
            Outcome = DecisionOutcome.NotAsked,
            Arm = null,
            TiedWith = [],
            NeededLaunchSets = null,
            Arms = arms,
            SameCosts = MayDecide(basis) ? SameCosts.Of(basis) : [],
        };
        return conditions.Length == 0 ? decision
            : !MayDecide(basis) ? decision with { Outcome = DecisionOutcome.NotTrusted }
            : arms.Length == 0 ? decision with { Outcome = DecisionOutcome.NoCandidate }
            : Choose(decision, candidates, basis);
    }

    /// <summary>Gets the share of an arm's traces that is kept, as observed or as its sampler did; null where nobody knows.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="visibility">What the run saw of kept traces; null where it did not look.</param>
    public static Interval? TracesKept(ArmAnalysis arm, RunTraceRetention? visibility) => ArmQuantities.TracesKept(arm, visibility);

    /// <summary>Says whether the run is trusted to decide anything, and has a baseline that costs can be held against.</summary>
    internal static bool MayDecide(DecisionBasis basis) =>
        basis is { Trust: TrustLevel.Trusted or TrustLevel.Limited, Baseline.Health.State: not ArmState.Broken };

    private static bool IsCandidate(ArmAnalysis arm) =>
        arm is { Role: ArmRole.Baseline or ArmRole.Variant, Health.State: not ArmState.Broken, Spans.ReceivedCount: > 0 };

    /// <summary>Judges one condition by one arm.</summary>
    internal static ConditionResult Judge(DecisionCondition condition, ArmAnalysis arm, DecisionBasis basis)
    {
        var measured = ArmQuantities.Of(condition, arm, basis);
        var outcome = measured is null ? ThresholdOutcome.NotDecided : (condition.Holds(measured.Low), condition.Holds(measured.High)) switch
        {
            (true, true) => ThresholdOutcome.Proven,
            (false, false) => ThresholdOutcome.Violated,
            _ => ThresholdOutcome.NotDecided,
        };
        var obstacle = measured is null ? null : ConditionGate.ObstacleTo(condition, arm, basis);
        return new ConditionResult(condition, ConditionGate.Pass(outcome, obstacle, arm), measured, obstacle);
    }

    private static RunDecision Choose(RunDecision decision, ArmAnalysis[] candidates, DecisionBasis basis)
    {
        (ArmDecision Decision, ArmAnalysis Arm)[] judged = [.. decision.Arms.Zip(candidates)];

        // What an arm with a fault costs is a lower bound: none can be shown to cost more than it.
        ArmAnalysis[] meeting = [.. judged.Where(each => each.Decision.Outcome == ThresholdOutcome.Proven).Select(each => each.Arm).OrderBy(arm => arm.Health.State).ThenBy(Cpu)];
        if (meeting.Length > 0)
        {
            string[] tied = [.. meeting.Skip(1).Where(other => meeting[0].Health.State != ArmState.Healthy || PairedCosts.Change(MetricId.Cpu, meeting[0], other, basis) is not { Low: > 0 }).Select(arm => arm.Name)];
            return decision with { Outcome = tied.Length > 0 ? DecisionOutcome.Tied : DecisionOutcome.Recommended, Arm = meeting[0].Name, TiedWith = tied };
        }

        // Nearest: as few conditions missed as can be, then as few left open, then the one that costs the least.
        var nearest = judged.MinBy(each => (Count(each.Decision, ThresholdOutcome.Violated), Count(each.Decision, ThresholdOutcome.NotDecided), Cpu(each.Arm))).Decision;
        return decision with
        {
            Outcome = nearest.Outcome == ThresholdOutcome.Violated ? DecisionOutcome.NoneMeets : DecisionOutcome.NotProven,
            Arm = nearest.Arm,
            NeededLaunchSets = nearest.Outcome == ThresholdOutcome.Violated ? null : Needed(nearest, basis.LaunchSets),
        };
    }

    private static int Count(ArmDecision arm, ThresholdOutcome outcome) => arm.Conditions.Count(condition => condition.Outcome == outcome);

    private static double Cpu(ArmAnalysis arm) => arm.Role == ArmRole.Baseline ? 0 : arm.Get(MetricId.Cpu).Ratio?.Estimate ?? double.PositiveInfinity;

    // An interval shrinks with the square root of the number of launch sets: it must not reach from its estimate to the limit.
    private static int? Needed(ArmDecision arm, int launchSets)
    {
        var factor = 1.0;
        foreach (var condition in arm.Conditions.Where(condition => condition.Outcome == ThresholdOutcome.NotDecided))
        {
            if (condition is not { Obstacle: null, Measured: { } interval } || !condition.Condition.Holds(interval.Estimate))
            {
                return null;
            }

            var reach = (condition.Condition.Holds(interval.Low) ? interval.High - interval.Estimate : interval.Estimate - interval.Low) / Math.Abs(condition.Condition.Limit - interval.Estimate);
            factor = Math.Max(factor, reach * reach);
        }

        var needed = Math.Ceiling(launchSets * factor);
        return needed <= MostLaunchSets ? (int)needed : null;
    }
}
