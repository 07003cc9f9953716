using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Metrics;

/// <summary>
/// Each metric is judged by its own control. Where the baseline measured twice differs from itself, or was not measured twice, no
/// arm is Slower or Faster. A control of a primary metric that was shown to be the same decided the trust level and is judged
/// already; one that was not must have moved by less than is claimed. All other metrics are no part of the trust level, so there the
/// control's whole interval must lie within the change that is claimed.
/// </summary>
internal static class ControlRule
{
    /// <summary>
    /// Takes a claim away that the control does not allow: Slower or Faster, that there is a change at all where its size decides
    /// nothing, and that a larger cost could not have been missed.
    /// </summary>
    /// <param name="comparison">A variant's comparison.</param>
    /// <param name="control">The control's comparison of the same metric; null without a control.</param>
    internal static MetricComparison Apply(MetricComparison comparison, MetricComparison? control) => comparison switch
    {
        { Verdict: Verdict.Slower or Verdict.Faster, Ratio: { } ratio } when !Allows(control, Distance(ratio)) => Overruled(comparison, control!),
        { Verdict: Verdict.Inconclusive, Ratio: ({ Low: > 0 } or { High: < 0 }) and var ratio } when !Allows(control, Math.Abs(ratio.Estimate)) => Overruled(comparison, control!),
        { Verdict: Verdict.Inconclusive, Ratio: { Low: <= 0, High: >= 0 } ratio } when !Allows(control, ratio.High) => Overruled(comparison, control!),
        _ => comparison,
    };

    private static MetricComparison Overruled(MetricComparison comparison, MetricComparison control) => comparison with
    {
        Verdict = Verdict.Inconclusive,
        Undecided = new UndecidedVerdict(
            control.Ratio is null ? UndecidedReason.ControlNotMeasured : UndecidedReason.ControlMoved,
            Comparisons: 1,
            comparison.Samples.Count,
            comparison.Samples.Count) { Control = control.Ratio },
    };

    /// <summary>Whether the control allows a claim about a change.</summary>
    /// <param name="control">The control's comparison of the metric; null without a control, which the trust in the run is about.</param>
    /// <param name="claimed">The relative change that an arm is said to stay below or to exceed; infinite for a claim about the arm's own value.</param>
    internal static bool Allows(MetricComparison? control, double claimed) => control switch
    {
        null or { Verdict: null } => true, // A metric without a verdict is compared by its difference alone.
        { Verdict: Verdict.Slower or Verdict.Faster } or { Ratio: null } => false,
        { Ratio: { } ratio } when !MetricCatalog.Get(control.Metric).IsPrimary => ratio.Low > -claimed && ratio.High < claimed,
        { Ratio: { } ratio, Verdict: Verdict.Inconclusive } => Math.Abs(ratio.Estimate) < claimed,
        _ => true,
    };

    /// <summary>Finds the control's comparison of a metric; null without a control.</summary>
    internal static MetricComparison? Of(MetricId? metric, IEnumerable<ArmAnalysis> arms) =>
        arms.FirstOrDefault(arm => arm.Role == ArmRole.Control)?.Metrics.FirstOrDefault(comparison => comparison.Metric == metric);

    /// <summary>The change that is claimed where a limit is kept or exceeded: the limit, or what was measured where all of it lies farther out.</summary>
    internal static double Claim(double limit, Interval ratio) => Math.Max(Math.Abs(limit), Distance(ratio));

    /// <summary>How far an interval lies from no change; 0 where it holds none.</summary>
    internal static double Distance(Interval ratio) => Math.Max(0, Math.Max(ratio.Low, -ratio.High));
}
