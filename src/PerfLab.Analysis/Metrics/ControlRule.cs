using PerfLab.Experiments;

namespace PerfLab.Analysis.Metrics;

/// <summary>
/// Each metric is judged by its own control. Where the baseline measured twice differs from itself, no arm is Slower or Faster.
/// Response times spread most and are no part of the trust in the run, so there the control's whole interval must lie within
/// the change that is claimed.
/// </summary>
internal static class ControlRule
{
    /// <summary>Takes a claim away that the control does not allow: Slower or Faster, and that a larger cost could not have been missed.</summary>
    /// <param name="comparison">A variant's comparison.</param>
    /// <param name="control">The control's comparison of the same metric; null without a control.</param>
    internal static MetricComparison Apply(MetricComparison comparison, MetricComparison? control) => comparison switch
    {
        { Verdict: Verdict.Slower or Verdict.Faster, Ratio: { } ratio } when !Allows(comparison.Metric, control, Distance(ratio)) => Overruled(comparison, control!),
        { Verdict: Verdict.Inconclusive, Ratio: { Low: <= 0, High: >= 0 } ratio } when !Allows(comparison.Metric, control, ratio.High) => Overruled(comparison, control!),
        _ => comparison,
    };

    private static MetricComparison Overruled(MetricComparison comparison, MetricComparison control) => comparison with
    {
        Verdict = Verdict.Inconclusive,
        Undecided = new UndecidedVerdict(UndecidedReason.ControlMoved, Comparisons: 1, comparison.Samples.Count, comparison.Samples.Count) { Control = control.Ratio },
    };

    /// <summary>Whether the control allows a claim about a change.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="control">Its control.</param>
    /// <param name="claimed">The relative change that an arm is said to stay below or to exceed.</param>
    internal static bool Allows(MetricId metric, MetricComparison? control, double claimed) => control switch
    {
        { Verdict: Verdict.Slower or Verdict.Faster } => false,
        { Ratio: { } ratio } when MetricCatalog.IsResponseTime(metric) => ratio.Low > -claimed && ratio.High < claimed,
        _ => true,
    };

    /// <summary>How far an interval lies from no change; 0 where it holds none.</summary>
    internal static double Distance(Interval ratio) => Math.Max(0, Math.Max(ratio.Low, -ratio.High));
}
