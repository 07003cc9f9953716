using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis;

/// <summary>One metric of one arm against the baseline. Values in the catalogue's unit; ratios are relative changes (0.09 is +9 %).</summary>
public sealed record MetricComparison
{
    /// <summary>Gets the metric.</summary>
    public required MetricId Metric { get; init; }

    /// <summary>Gets the arm's own value, one number per launch set, in launch order; null where a launch set did not measure it.</summary>
    public required IReadOnlyList<double?> Samples { get; init; }

    /// <summary>Gets the median of the samples; null when there are none.</summary>
    public required double? Value { get; init; }

    /// <summary>Gets the median of the baseline's samples; null when there are none.</summary>
    public required double? Baseline { get; init; }

    /// <summary>Gets the relative change; null for the baseline itself, for metrics compared by difference only, and where not measured.</summary>
    public required Interval? Ratio { get; init; }

    /// <summary>
    /// Gets the Hodges-Lehmann estimate of the relative change while there are too few launch sets for an interval: nothing can be
    /// decided by it. Null from 6 launch sets on, where <see cref="Ratio"/> holds it, and where there is no ratio.
    /// </summary>
    public double? EarlyRatio { get; init; }

    /// <summary>Gets the absolute change; null for the baseline itself and where not measured.</summary>
    public required Interval? Difference { get; init; }

    /// <summary>Gets the verdict; null for the baseline itself and for metrics compared by difference only.</summary>
    public required Verdict? Verdict { get; init; }

    /// <summary>Gets the practical threshold that the verdict used, as a ratio.</summary>
    public required double PracticalThreshold { get; init; }

    /// <summary>Gets the smallest relative change that this design finds with 80 % power; null where it cannot be said.</summary>
    public required double? DetectableEffect { get; init; }

    /// <summary>Gets the two-sided p-value of no change, adjusted by Holm over the arms; null where not tested.</summary>
    public required double? AdjustedPValue { get; init; }

    /// <summary>
    /// Gets the two-sided p-value of no change beyond the practical threshold, adjusted by Holm over the variants; null for the
    /// baseline, for the control (which is judged by its interval alone), and where not tested.
    /// </summary>
    public double? AdjustedThresholdPValue { get; init; }

    /// <summary>Gets why the verdict is not decided; null where it is, or where there is none.</summary>
    public UndecidedVerdict? Undecided { get; init; }

    /// <summary>Gets a value indicating whether the control, which moved as much in this metric or was not measured, takes the change away.</summary>
    public bool IsOverruledByControl => Undecided?.Reason is UndecidedReason.ControlMoved or UndecidedReason.ControlNotMeasured;

    /// <summary>Gets why there is no value or verdict; null when there is.</summary>
    public required MissingMeasurement? Missing { get; init; }

    /// <summary>Gets a value indicating whether the load tool says nothing about such a change.</summary>
    public bool IsOutOfReachOfTool => Undecided?.Reason is UndecidedReason.NotFromIntendedStart or UndecidedReason.BelowResolution;

    /// <summary>Gets a value indicating whether there is a change: the interval excludes zero, the change is not shown to be too small to matter, and the control bears it out.</summary>
    public bool IsDetected => this is { Ratio: { } ratio, Verdict: not Analysis.Verdict.Same, IsOverruledByControl: false, IsOutOfReachOfTool: false } && (ratio.Low > 0 || ratio.High < 0);
}

/// <summary>What can be said of an arm and a metric against the practical threshold.</summary>
public enum Verdict
{
    /// <summary>The data do not decide.</summary>
    Inconclusive = 0,

    /// <summary>The interval lies within the practical threshold on both sides.</summary>
    Same = 1,

    /// <summary>The interval lies above the practical threshold.</summary>
    Slower = 2,

    /// <summary>The interval lies below the practical threshold.</summary>
    Faster = 3,

    /// <summary>There is nothing to judge: not measured, or too few launch sets.</summary>
    Invalid = 4,
}

/// <summary>Why a verdict is Inconclusive.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Comparisons">Variants that the metric compares with the baseline.</param>
/// <param name="LaunchSets">Launch sets behind each comparison.</param>
/// <param name="NeededLaunchSets">Launch sets from which every variant can be judged Slower or Faster.</param>
public sealed record UndecidedVerdict(UndecidedReason Reason, int Comparisons, int LaunchSets, int NeededLaunchSets)
{
    /// <summary>Gets the control's change, where the reason is that it moved as much; else null.</summary>
    public Interval? Control { get; init; }
}

/// <summary>A reason for which a verdict is Inconclusive.</summary>
public enum UndecidedReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The interval contains a limit of the practical threshold.</summary>
    CrossesThreshold = 1,

    /// <summary>The interval lies beyond the threshold, but no result of so few launch sets is significant after Holm's adjustment.</summary>
    OutOfReach = 2,

    /// <summary>The interval lies beyond the threshold, but the result is not significant after Holm's adjustment.</summary>
    NotAfterAdjustment = 3,

    /// <summary>The control, which compares the baseline with itself, moved as much in this metric.</summary>
    ControlMoved = 4,

    /// <summary>The control was not measured in this metric, so that nothing bears a change out.</summary>
    ControlNotMeasured = 5,

    /// <summary>The load tool waits for a slow response before it sends the next request, so that its response times decide nothing.</summary>
    NotFromIntendedStart = 6,

    /// <summary>The difference is smaller than what the output of the load tool can show.</summary>
    BelowResolution = 7,
}

/// <summary>A point estimate with its confidence interval.</summary>
/// <param name="Estimate">Hodges-Lehmann estimate over launch sets.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
/// <param name="ConfidenceLevel">Coverage that the exact method guarantees for this sample size, at least the level asked for.</param>
public sealed record Interval(double Estimate, double Low, double High, double ConfidenceLevel)
{
    /// <summary>An interval around a number that is known.</summary>
    internal static Interval Exactly(double value) => new(value, value, value, 1);

    /// <summary>The interval of a multiple.</summary>
    /// <param name="factor">At least 0.</param>
    internal Interval Times(double factor) => new(Estimate * factor, Low * factor, High * factor, ConfidenceLevel);
}
