using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Thresholds;

/// <summary>Judges an arm by an interval over launch sets: of its change to the baseline, or of its own values.</summary>
internal static class IntervalJudge
{
    /// <summary>Judges the relative change by the interval of the comparison.</summary>
    internal static ArmThresholdResult Overhead(Threshold threshold, string arm, MetricComparison comparison) =>
        comparison is { Ratio: { } ratio, Verdict: not Verdict.Invalid }
            ? Judge(threshold, arm, ratio, new ThresholdEvidence.Change(comparison.Metric, ratio))
            : ArmThresholdResult.NotDecided(arm, new ThresholdEvidence.NoChange(comparison.Metric, comparison.Missing));

    /// <summary>
    /// Judges the arm's own values, one number per launch set, by the exact signed-rank interval of their centre. It assumes
    /// that they are independent and symmetric about it; see <c>docs/statistics.md</c>.
    /// </summary>
    internal static ArmThresholdResult Values(Threshold threshold, string arm, RequestMetric values, double confidenceLevel)
    {
        if (values.Samples.Count == 0 || values.Samples.Any(sample => sample is null))
        {
            return ArmThresholdResult.NotDecided(arm, new ThresholdEvidence.NotMeasured(values.Metric, values.Missing));
        }

        double[] samples = [.. values.Samples.OfType<double>()];
        if (SignedRankInterval.Of(samples, confidenceLevel) is not { } estimate)
        {
            return ArmThresholdResult.NotDecided(arm, new ThresholdEvidence.NoInterval(values.Metric, samples.Length, SignedRankInterval.SmallestCount(confidenceLevel)));
        }

        var interval = new Interval(estimate.Value, estimate.Low, estimate.High, estimate.ConfidenceLevel);
        return ForbidsAny(threshold) && samples.Count(sample => sample > 0) is > 0 and var launchSets
            ? new ArmThresholdResult(arm, ThresholdOutcome.Violated, new ThresholdEvidence.Errors(launchSets, samples.Length, interval))
            : Judge(threshold, arm, interval, new ThresholdEvidence.Value(values.Metric, interval));
    }

    // "No error at all" is about every launch set. The interval is about their centre, which stays 0 when one of twenty has
    // errors, and would call proven what was seen to be wrong.
    private static bool ForbidsAny(Threshold threshold) =>
        threshold is { Quantity: ThresholdQuantity.ErrorShare, Limit: 0, Operator: ThresholdOperator.Equal or ThresholdOperator.AtMost };

    private static ArmThresholdResult Judge(Threshold threshold, string arm, Interval interval, ThresholdEvidence evidence)
    {
        var outcome = ThresholdOutcomeRule.Of(threshold, interval);
        return new ArmThresholdResult(arm, outcome, evidence, outcome == ThresholdOutcome.NotDecided ? new ThresholdObstacle.ReachesAcrossLimit() : null);
    }
}
