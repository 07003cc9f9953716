using PerfLab.Experiments;

namespace PerfLab.Analysis.Trust;

/// <summary>The trust in a run, and what it follows from. It is about the measuring; what an arm does wrong is said of that arm (<see cref="ArmHealth"/>).</summary>
public sealed record RunTrust
{
    /// <summary>Gets the level.</summary>
    public required TrustLevel Level { get; init; }

    /// <summary>Gets the number of launch sets that count.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the number of launch sets that the plan wanted.</summary>
    public required int PlannedLaunchSets { get; init; }

    /// <summary>Gets the name of the baseline.</summary>
    public required string Baseline { get; init; }

    /// <summary>Gets the name of the control; null where the plan has none.</summary>
    public required string? Control { get; init; }

    /// <summary>Gets the comparisons of the control with the baseline, one for each primary metric that the target has; empty without a control.</summary>
    public required IReadOnlyList<MetricComparison> Checks { get; init; }

    /// <summary>Gets the primary metrics that the target's runtime does not have; they lower nothing.</summary>
    public required IReadOnlyList<MetricId> AbsentMetrics { get; init; }
}

/// <summary>Whether a run's numbers may be used to decide.</summary>
public enum TrustLevel
{
    /// <summary>There is not enough to say: too few launch sets, or no control.</summary>
    Undecided = 0,

    /// <summary>The control is judged Same for every primary metric that the target has.</summary>
    Trusted = 1,

    /// <summary>The control is Inconclusive for a primary metric: nothing below the spread it showed can be decided.</summary>
    Limited = 2,

    /// <summary>The control is judged Slower or Faster: the run decides nothing.</summary>
    Untrusted = 3,
}
