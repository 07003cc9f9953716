using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Gates;

/// <summary>What the gate says of a night.</summary>
/// <param name="Metrics">Every metric of every arm of the policy.</param>
/// <param name="TrackRecord">How often the gate was wrong so far, in this environment.</param>
public sealed record GateResult(IReadOnlyList<GateMetricResult> Metrics, GateTrackRecord TrackRecord)
{
    /// <summary>Gets the outcome of all: a regression before what could not be judged, that before what is undecided; an improvement only where all else passed.</summary>
    public GateOutcome Outcome => new[] { GateOutcome.Regressed, GateOutcome.NotJudged, GateOutcome.Undecided, GateOutcome.Improved }
        .FirstOrDefault(outcome => Metrics.Any(metric => metric.Outcome == outcome), Metrics.Count == 0 ? GateOutcome.NotJudged : GateOutcome.Passed);

    /// <summary>Gets whether something is there that the policy lets block.</summary>
    public bool IsBlocked => Metrics.Any(metric => metric.Blocks);
}

/// <summary>What the gate says of a metric of an arm.</summary>
/// <param name="Arm">The arm of the policy.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Threshold">The largest increase that does not matter, as a ratio.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Reason">Why.</param>
/// <param name="Blocks">Whether the policy lets this outcome block.</param>
public sealed record GateMetricResult(string Arm, MetricId Metric, double Threshold, GateOutcome Outcome, GateReason Reason, bool Blocks);

/// <summary>Why the gate says what it says. A closed set; the code is stable.</summary>
public abstract record GateReason
{
    private GateReason()
    {
    }

    /// <summary>Gets the code: kebab case, never renamed.</summary>
    public abstract string Code { get; }

    /// <summary>An increase beyond the threshold is ruled out.</summary>
    /// <param name="Ratio">The change.</param>
    public sealed record WithinThreshold(Interval Ratio) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "within-threshold";
    }

    /// <summary>A decrease beyond the threshold is proven.</summary>
    /// <param name="Ratio">The change.</param>
    public sealed record BelowThreshold(Interval Ratio) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "below-threshold";
    }

    /// <summary>An increase beyond the threshold, found twice.</summary>
    /// <param name="First">The change in the run of all arms.</param>
    /// <param name="Again">The change in fresh launch sets.</param>
    public sealed record Confirmed(Interval First, Interval Again) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "confirmed";
    }

    /// <summary>An increase beyond the threshold that was not found again. The fresh launch sets decide.</summary>
    /// <param name="First">The change in the run of all arms.</param>
    /// <param name="Again">The change in fresh launch sets.</param>
    public sealed record NotConfirmed(Interval First, Interval Again) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "not-confirmed";
    }

    /// <summary>An increase beyond the threshold that was not measured again.</summary>
    /// <param name="First">The change.</param>
    public sealed record Unconfirmed(Interval First) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "unconfirmed";
    }

    /// <summary>The interval reaches across the threshold.</summary>
    /// <param name="Ratio">The change.</param>
    /// <param name="DetectableRatio">The smallest change that is found four times in five; null where it cannot be said.</param>
    public sealed record ReachesAcross(Interval Ratio, double? DetectableRatio) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "reaches-across";
    }

    /// <summary>The baseline measured twice differs from itself by more than the claim can bear.</summary>
    /// <param name="Ratio">The change.</param>
    /// <param name="Control">The change of the A/A pair; null where it was not measured.</param>
    public sealed record ControlMoved(Interval Ratio, Interval? Control) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "control-moved";
    }

    /// <summary>The night ended before anything was measured.</summary>
    /// <param name="End">How it ended.</param>
    public sealed record NothingMeasured(NightEnd End) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "nothing-measured";
    }

    /// <summary>The run may decide nothing.</summary>
    /// <param name="Trust">The trust in it: untrusted, or not shown.</param>
    /// <param name="LaunchSets">Launch sets that count.</param>
    public sealed record NotTrusted(TrustLevel Trust, int LaunchSets) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "not-trusted";
    }

    /// <summary>The run lacks an arm.</summary>
    /// <param name="Arm">The arm's name in the run, or that of the policy where the whole pair is missing.</param>
    public sealed record MissingArm(string Arm) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "missing-arm";
    }

    /// <summary>An arm did not do what it is measured for.</summary>
    /// <param name="Arm">The arm with its fault.</param>
    public sealed record BrokenArm(FaultyArm Arm) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "faulty-arm";
    }

    /// <summary>The metric was not measured, or not in every launch set.</summary>
    /// <param name="Missing">Why; null where the target has no such metric.</param>
    public sealed record MissingMetric(MissingMeasurement? Missing) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "missing-metric";
    }

    /// <summary>The suspects were measured again on another machine.</summary>
    /// <param name="Differences">In which ways it differs.</param>
    public sealed record OtherMachine(IReadOnlyList<string> Differences) : GateReason
    {
        /// <inheritdoc/>
        public override string Code => "other-machine";
    }
}
