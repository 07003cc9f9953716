using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Thresholds;

/// <summary>
/// Takes decisions away from a run that may not decide. An untrusted run, and one that nothing shows to be trusted, neither
/// proves nor violates; nor does a metric by which the control differs from the baseline. Lost spans are the exception: they
/// were counted, and as a rule they are the very reason of the mistrust, so that they violate in any run.
/// </summary>
internal static class TrustGate
{
    internal static Judgement Pass(Threshold threshold, Judgement judgement, MetricId? metric, RunAnalysis analysis)
    {
        var isCount = threshold.Quantity is ThresholdQuantity.SpansLost;
        if (judgement.Outcome == ThresholdOutcome.NotDecided || (isCount && judgement.Outcome == ThresholdOutcome.Violated))
        {
            return judgement;
        }

        var because = analysis.Trust.Level switch
        {
            TrustLevel.Trusted or TrustLevel.Limited => ControlFault(metric, analysis),
            TrustLevel.Untrusted => "but the run is UNTRUSTED and decides nothing",
            _ => isCount ? null : "but nothing shows that the run can be trusted",
        };
        return because is null ? judgement : judgement with { Outcome = ThresholdOutcome.NotDecided, Facts = $"{judgement.Facts}, {because}" };
    }

    private static string? ControlFault(MetricId? metric, RunAnalysis analysis)
    {
        var control = analysis.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Control);
        var check = control?.Metrics.FirstOrDefault(comparison => comparison.Metric == metric);
        return check is { Verdict: Verdict.Slower or Verdict.Faster, Ratio: { } ratio }
            ? $"but the same configuration measured twice differs by {PercentText.Change(ratio)}"
            : null;
    }
}
