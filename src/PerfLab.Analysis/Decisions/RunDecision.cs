using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Traces;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Decisions;

/// <summary>What a run recommends, and what each arm gives for it.</summary>
public sealed record RunDecision
{
    /// <summary>Gets what can be said.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Gets the arm that is recommended or comes nearest; null where there is none.</summary>
    public required string? Arm { get; init; }

    /// <summary>Gets the other arms that meet all conditions and whose CPU cannot be told from the recommended one's.</summary>
    public required IReadOnlyList<string> TiedWith { get; init; }

    /// <summary>Gets the launch sets that would settle the nearest arm, by how far its undecided intervals are from their limits; null where it cannot be said.</summary>
    public required int? NeededLaunchSets { get; init; }

    /// <summary>Gets every arm that could be recommended, in plan order; without conditions where the scenario states none.</summary>
    public required IReadOnlyList<ArmDecision> Arms { get; init; }

    /// <summary>Gets the pairs of arms that are shown to cost the same, those with the baseline first.</summary>
    public required IReadOnlyList<SameCost> SameCosts { get; init; }
}

/// <summary>Two arms that are shown to cost the same: their paired difference lies within the practical threshold.</summary>
/// <param name="Arm">A variant.</param>
/// <param name="Other">The baseline, or a variant that stands before it in the plan.</param>
/// <param name="Metrics">In what they are the same: CPU, and of allocation, bytes sent and the 99th percentile what was measured.</param>
/// <param name="Open">The 99th percentile where its interval contains zero and reaches beyond the threshold.</param>
public sealed record SameCost(string Arm, string Other, IReadOnlyList<MetricId> Metrics, IReadOnlyList<MetricId> Open);

/// <summary>What can be said of a decision.</summary>
public enum DecisionOutcome
{
    /// <summary>The scenario states no conditions.</summary>
    NotAsked = 0,

    /// <summary>The run is not trusted to decide anything, or its baseline is broken.</summary>
    NotTrusted = 1,

    /// <summary>The cheapest arm that provably meets all conditions.</summary>
    Recommended = 2,

    /// <summary>Several arms provably meet all conditions, and the CPU of the cheapest cannot be told from another's.</summary>
    Tied = 3,

    /// <summary>No arm provably meets all conditions, and at least one does not provably miss any.</summary>
    NotProven = 4,

    /// <summary>Every arm provably misses a condition.</summary>
    NoneMeets = 5,

    /// <summary>No arm keeps a trace and did what it is measured for.</summary>
    NoCandidate = 6,
}

/// <summary>What an arm gives for a decision.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Conditions">The conditions with what the run says of them.</param>
/// <param name="DominatedBy">An arm that provably costs less in CPU, allocation and the 99th percentile, of what was measured, and provably keeps more of everything that is kept; null where there is none.</param>
public sealed record ArmDecision(string Arm, IReadOnlyList<ConditionResult> Conditions, string? DominatedBy)
{
    /// <summary>Gets what all conditions together say.</summary>
    public ThresholdOutcome Outcome => ThresholdOutcomeRule.Combine(Conditions.Select(condition => condition.Outcome));
}

/// <summary>What a run says of one condition for one arm.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Outcome">Whether the whole interval meets it, or none of it, or some.</param>
/// <param name="Measured">The interval, in the unit of the limit; null where the run does not say.</param>
/// <param name="Obstacle">What keeps the arm from meeting it whatever its interval is; null where nothing does.</param>
public sealed record ConditionResult(DecisionCondition Condition, ThresholdOutcome Outcome, Interval? Measured, ThresholdObstacle? Obstacle);

/// <summary>What a decision rests on.</summary>
/// <param name="Plan">The plan, with the conditions.</param>
/// <param name="LaunchSets">Launch sets that count.</param>
/// <param name="Trust">Whether the run may decide anything.</param>
/// <param name="Arms">The arms in plan order.</param>
/// <param name="Visibility">What the run saw of kept traces; null where it did not look.</param>
public sealed record DecisionBasis(Plan Plan, int LaunchSets, TrustLevel Trust, IReadOnlyList<ArmAnalysis> Arms, RunTraceRetention? Visibility)
{
    /// <summary>Gets the arm that the others are compared with.</summary>
    internal ArmAnalysis Baseline => Arms.First(arm => arm.Role == ArmRole.Baseline);
}
