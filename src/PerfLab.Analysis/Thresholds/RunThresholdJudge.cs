using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Thresholds;

/// <summary>
/// Judges thresholds by a run: proven when the whole interval meets the condition, violated when nothing of it does, else not
/// decided; what was not measured decides nothing. Every arm is judged by its own interval. To prove a threshold for all arms
/// takes all of them, which needs no adjustment; with k arms exactly at the limit, the chance that one seems to violate it is
/// at most k times 2.5 %. A pure function; see <c>docs/thresholds.md</c>.
/// </summary>
public static class RunThresholdJudge
{
    /// <summary>Judges thresholds, in their order.</summary>
    /// <param name="thresholds">The thresholds; without a list of arms, <c>overhead</c> is for every variant but the baseline, all else for the baseline too. The control is a check and no arm.</param>
    /// <param name="analysis">The run.</param>
    public static RunThresholds Judge(IReadOnlyList<Threshold> thresholds, RunAnalysis analysis) =>
        new([.. thresholds.Select(threshold => Judge(threshold, analysis))]);

    private static RunThresholdResult Judge(Threshold threshold, RunAnalysis analysis)
    {
        // Arms are looked up one by one below, so that one unknown name does not hide what the others violate.
        if (ThresholdUse.FaultInScenario(threshold with { Arms = [] }, [], "") is var (problem, advice))
        {
            return new RunThresholdResult(threshold.Text, ThresholdOutcome.NotDecided, [], $"{threshold.Text} is not decided: {problem} {advice}");
        }

        ArmThresholdResult[] arms = [.. ArmNames(threshold, analysis).Select(arm => Judge(threshold, arm, analysis))];
        return new RunThresholdResult(
            threshold.Text,
            OutcomeRule.Combine(arms.Select(arm => arm.Outcome)),
            arms,
            ThresholdSentence.OfAll(threshold, arms));
    }

    private static IEnumerable<string> ArmNames(Threshold threshold, RunAnalysis analysis)
    {
        var wantsBaseline = threshold.Quantity is not ThresholdQuantity.Overhead;
        return threshold.Arms.Count > 0
            ? threshold.Arms
            : analysis.Arms.Where(arm => arm.Role == ArmRole.Variant || (wantsBaseline && arm.Role == ArmRole.Baseline)).Select(arm => arm.Name);
    }

    private static ArmThresholdResult Judge(Threshold threshold, string name, RunAnalysis analysis)
    {
        var metric = MetricOf(threshold.Quantity);
        var arm = analysis.Arms.FirstOrDefault(arm => string.Equals(arm.Name, name, StringComparison.Ordinal));
        var judgement = arm is null ? Judgement.Open("the run has no arm of this name") : Judge(threshold, metric, arm, analysis);
        var final = TrustGate.Pass(threshold, judgement, metric, analysis);
        return new ArmThresholdResult(name, final.Outcome, final.Measured, ThresholdSentence.Of(threshold, name, final));
    }

    private static Judgement Judge(Threshold threshold, MetricId? metric, ArmAnalysis arm, RunAnalysis analysis)
    {
        if (threshold.Quantity is ThresholdQuantity.SpansLost)
        {
            return LedgerJudge.SpansLost(threshold, arm.Spans);
        }

        return arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric) is not { } comparison
            ? Judgement.Open("the analysis has no such metric")
            : threshold.Quantity is ThresholdQuantity.Overhead
                ? IntervalJudge.Overhead(threshold, comparison)
                : IntervalJudge.Values(threshold, comparison, analysis.ConfidenceLevel);
    }

    private static MetricId? MetricOf(ThresholdQuantity quantity) => quantity switch
    {
        ThresholdQuantity.Overhead overhead => overhead.Metric,
        ThresholdQuantity.ResponseTime time => time.Statistic.ResponseTimeMetric,
        ThresholdQuantity.ErrorShare => MetricId.Errors,
        _ => null,
    };
}
