using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Thresholds;

/// <summary>What a run has to say about one threshold and one arm: numbers, or why there are none. A closed set.</summary>
public abstract record ThresholdEvidence
{
    private ThresholdEvidence()
    {
    }

    /// <summary>Gets what was compared with the limit, in the limit's unit; null for counts and where there is none.</summary>
    public virtual Interval? Measured => null;

    /// <summary>The change against the baseline.</summary>
    /// <param name="Metric">The metric.</param>
    /// <param name="Ratio">The change as a ratio.</param>
    public sealed record Change(MetricId Metric, Interval Ratio) : ThresholdEvidence
    {
        /// <inheritdoc/>
        public override Interval? Measured => Ratio;
    }

    /// <summary>The arm's own values.</summary>
    /// <param name="Metric">The metric.</param>
    /// <param name="Center">Their centre over launch sets.</param>
    public sealed record Value(MetricId Metric, Interval Center) : ThresholdEvidence
    {
        /// <inheritdoc/>
        public override Interval? Measured => Center;
    }

    /// <summary>Errors where none is allowed.</summary>
    /// <param name="AffectedLaunchSets">Launch sets with errors.</param>
    /// <param name="LaunchSets">Launch sets that count.</param>
    /// <param name="Share">The share of errors over launch sets.</param>
    public sealed record Errors(int AffectedLaunchSets, int LaunchSets, Interval Share) : ThresholdEvidence
    {
        /// <inheritdoc/>
        public override Interval? Measured => Share;
    }

    /// <summary>Spans, counted over all launch sets.</summary>
    /// <param name="SampledCount">Spans sampled.</param>
    /// <param name="ArrivedCount">Spans that arrived, each counted once.</param>
    /// <param name="LostRatio">The share lost, where the limit is a share and spans were lost; else null.</param>
    public sealed record Spans(long SampledCount, long ArrivedCount, double? LostRatio) : ThresholdEvidence;

    /// <summary>The target does not report what it sampled.</summary>
    public sealed record SpansNotCounted : ThresholdEvidence;

    /// <summary>A metric without a comparison.</summary>
    /// <param name="Metric">The metric.</param>
    /// <param name="Missing">Why; null for the baseline, which is compared with nothing.</param>
    public sealed record NoChange(MetricId Metric, MissingMeasurement? Missing) : ThresholdEvidence;

    /// <summary>A metric that some launch set lacks.</summary>
    /// <param name="Metric">The metric.</param>
    /// <param name="Missing">Why; null where no launch set counts.</param>
    public sealed record NotMeasured(MetricId Metric, MissingMeasurement? Missing) : ThresholdEvidence;

    /// <summary>Too few launch sets for an interval.</summary>
    /// <param name="Metric">The metric.</param>
    /// <param name="LaunchSets">Launch sets that count.</param>
    /// <param name="NeededLaunchSets">Launch sets that an interval needs.</param>
    public sealed record NoInterval(MetricId Metric, int LaunchSets, int NeededLaunchSets) : ThresholdEvidence;

    /// <summary>The run has no arm of this name.</summary>
    public sealed record NoSuchArm : ThresholdEvidence;

    /// <summary>The target has no such metric.</summary>
    public sealed record NoSuchMetric : ThresholdEvidence;

    /// <summary>The run has no numbers for requests of this name.</summary>
    public sealed record NoSuchRequest : ThresholdEvidence;
}

/// <summary>What keeps numbers from deciding a threshold. A closed set.</summary>
public abstract record ThresholdObstacle
{
    private ThresholdObstacle()
    {
    }

    /// <summary>The interval reaches across the limit.</summary>
    public sealed record ReachesAcrossLimit : ThresholdObstacle;

    /// <summary>More spans arrived than were sampled.</summary>
    public sealed record LedgerUnbalanced : ThresholdObstacle;

    /// <summary>The run is untrusted.</summary>
    public sealed record Untrusted : ThresholdObstacle;

    /// <summary>Nothing shows that the run can be trusted.</summary>
    public sealed record TrustNotShown : ThresholdObstacle;

    /// <summary>An arm that the numbers are about did not do what it is measured for.</summary>
    /// <param name="Arm">The arm: the one that is judged, or the baseline.</param>
    /// <param name="State">How far its figures can be used.</param>
    /// <param name="Fault">What it did.</param>
    public sealed record FaultyArm(string Arm, ArmState State, ArmFault Fault) : ThresholdObstacle;

    /// <summary>The same configuration measured twice differs by more than a decision can bear.</summary>
    /// <param name="Ratio">The control's change against the baseline.</param>
    public sealed record ControlMoved(Interval Ratio) : ThresholdObstacle;

    /// <summary>More is sent than the plan includes, and what lies beyond has no price: the money is a lower bound.</summary>
    public sealed record BeyondIncluded : ThresholdObstacle;

    /// <summary>The control was not measured in this metric.</summary>
    public sealed record ControlNotMeasured : ThresholdObstacle;
}

/// <summary>Finds what keeps the figures of an arm from deciding anything, for thresholds, recommendations and comparisons of runs alike.</summary>
internal static class ObstacleFinder
{
    /// <summary>Finds a fault of the arms that a figure is about: the arm, and the baseline where the figure is a change. Null without one.</summary>
    internal static ThresholdObstacle.FaultyArm? Fault(ThresholdQuantity quantity, params IEnumerable<ArmAnalysis> arms) => arms
        .Select(arm => arm.Health.FaultThatHides(quantity) is { } fault ? new ThresholdObstacle.FaultyArm(arm.Name, arm.Health.State, fault) : null)
        .FirstOrDefault(obstacle => obstacle is not null);

    /// <summary>Finds what the control of a metric says against a claim; null where it allows it.</summary>
    /// <param name="control">The control's comparison of the metric; null without a control.</param>
    /// <param name="claimed">As <see cref="ControlRule.Allows"/> has it.</param>
    internal static ThresholdObstacle? Control(MetricComparison? control, double claimed) =>
        ControlRule.Allows(control, claimed) ? null
        : control!.Ratio is { } ratio ? new ThresholdObstacle.ControlMoved(ratio)
        : new ThresholdObstacle.ControlNotMeasured();
}
