using PerfLab.Analysis.Wording;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Thresholds;

/// <summary>Judges an arm by an interval over launch sets: of its change to the baseline, or of its own values.</summary>
internal static class IntervalJudge
{
    /// <summary>Judges the relative change by the interval of the comparison.</summary>
    internal static ThresholdJudgment Overhead(Threshold threshold, MetricComparison comparison)
    {
        var noun = MetricCatalog.Get(comparison.Metric).InSentence;
        return comparison is { Ratio: { } ratio, Verdict: not Verdict.Invalid }
            ? Judge(threshold, ratio, $"{noun} {PercentText.Change(ratio)}")
            : ThresholdJudgment.NotDecided($"{noun} has no interval ({MissingWording.Of(comparison) ?? "nothing to compare it with"})");
    }

    /// <summary>
    /// Judges the arm's own values, one number per launch set, by the exact signed-rank interval of their centre. It assumes
    /// that they are independent and symmetric about it; see <c>docs/statistics.md</c>.
    /// </summary>
    internal static ThresholdJudgment Values(Threshold threshold, MetricComparison comparison, double confidenceLevel)
    {
        var metric = MetricCatalog.Get(comparison.Metric);
        if (comparison.Samples.Count == 0 || comparison.Samples.Any(sample => sample is null))
        {
            return ThresholdJudgment.NotDecided($"{metric.InSentence} was not measured ({MissingWording.Of(comparison) ?? "no launch set counts"})");
        }

        double[] samples = [.. comparison.Samples.OfType<double>()];
        if (SignedRankInterval.Of(samples, confidenceLevel) is not { } estimate)
        {
            return ThresholdJudgment.NotDecided($"{metric.InSentence} has no interval ({CountText.Of(samples.Length, "launch set")}; {SignedRankInterval.SmallestCount(confidenceLevel)} are needed)");
        }

        var interval = new Interval(estimate.Value, estimate.Low, estimate.High, estimate.ConfidenceLevel);
        return ForbidsAny(threshold) && samples.Count(sample => sample > 0) is > 0 and var launchSets
            ? new ThresholdJudgment(ThresholdOutcome.Violated, interval, $"{metric.InSentence} in {launchSets} of {CountText.Of(samples.Length, "launch set")}")
            : Judge(threshold, interval, $"{metric.InSentence} {Show(metric, interval)}");
    }

    // "No error at all" is about every launch set. The interval is about their centre, which stays 0 when one of twenty has
    // errors, and would call proven what was seen to be wrong.
    private static bool ForbidsAny(Threshold threshold) =>
        threshold is { Quantity: ThresholdQuantity.ErrorShare, Limit: 0, Operator: ThresholdOperator.Equal or ThresholdOperator.AtMost };

    private static ThresholdJudgment Judge(Threshold threshold, Interval interval, string facts)
    {
        var outcome = ThresholdOutcomeRule.Of(threshold, interval);
        return new ThresholdJudgment(outcome, interval, outcome == ThresholdOutcome.NotDecided ? facts + ", which reaches across the limit" : facts);
    }

    private static string Show(MetricDefinition metric, Interval interval)
    {
        var format = QuantityFormat.For(metric.Unit, interval.Estimate, interval.Low, interval.High);
        return $"{format.WithUnit(interval.Estimate)} ({format.Number(interval.Low)} to {format.Number(interval.High)})";
    }
}
