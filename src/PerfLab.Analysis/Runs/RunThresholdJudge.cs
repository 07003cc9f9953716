using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
using PerfLab.Analysis.Wording;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Runs;

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
        if (ThresholdApplicability.FaultInScenario(threshold with { Arms = [] }, [], "") is var (problem, advice))
        {
            return new RunThresholdResult(threshold.Text, ThresholdOutcome.NotDecided, [], $"{threshold.Text} is not decided: {problem} {advice}");
        }

        ArmThresholdResult[] arms = [.. ArmNames(threshold, analysis).Select(arm => Judge(threshold, arm, analysis))];
        return new RunThresholdResult(
            threshold.Text,
            ThresholdOutcomeRule.Combine(arms.Select(arm => arm.Outcome)),
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
        var final = arm is null
            ? ThresholdJudgment.NotDecided("the run has no arm of this name")
            : TrustGate.Pass(threshold, Judge(threshold, metric, arm, analysis), metric, arm, analysis);
        return new ArmThresholdResult(name, final.Outcome, final.Measured, ThresholdSentence.Of(threshold, name, final));
    }

    private static ThresholdJudgment Judge(Threshold threshold, MetricId? metric, ArmAnalysis arm, RunAnalysis analysis)
    {
        if (threshold.Quantity is ThresholdQuantity.SpansLost)
        {
            return LedgerJudge.SpansLost(threshold, arm.Spans);
        }

        return arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric) is not { } comparison
            ? ThresholdJudgment.NotDecided("the analysis has no such metric")
            : threshold.Quantity is ThresholdQuantity.Overhead
                ? IntervalJudge.Overhead(threshold, comparison)
                : IntervalJudge.Values(threshold, comparison, LookLevels.Of(analysis.Plan, analysis.LaunchSets).ConfidenceLevel);
    }

    private static MetricId? MetricOf(ThresholdQuantity quantity) => quantity switch
    {
        ThresholdQuantity.Overhead overhead => overhead.Metric,
        ThresholdQuantity.ResponseTime time => time.Statistic.ResponseTimeMetric,
        ThresholdQuantity.ErrorShare => MetricId.Errors,
        _ => null,
    };
}

/// <summary>
/// Takes decisions away that the run or the arm cannot bear. An untrusted run, and one that nothing shows to be trusted, neither
/// proves nor violates; nor does a metric by which the control differs from the baseline, nor an arm that did not do what it is
/// measured for. Lost spans are counted, so that they violate in any run.
/// </summary>
internal static class TrustGate
{
    internal static ThresholdJudgment Pass(Threshold threshold, ThresholdJudgment judgement, MetricId? metric, ArmAnalysis arm, RunAnalysis analysis)
    {
        var isCount = threshold.Quantity is ThresholdQuantity.SpansLost;
        if (judgement.Outcome == ThresholdOutcome.NotDecided)
        {
            return judgement;
        }

        var because = ArmFault(threshold.Quantity, arm, analysis) ?? (isCount && judgement.Outcome == ThresholdOutcome.Violated ? null : analysis.Trust.Level switch
        {
            TrustLevel.Trusted or TrustLevel.Limited => ControlFault(threshold, judgement, metric, analysis),
            TrustLevel.Untrusted => "but the run is UNTRUSTED and decides nothing",
            _ => isCount ? null : "but nothing shows that the run can be trusted",
        });
        return because is null ? judgement : judgement with { Outcome = ThresholdOutcome.NotDecided, Facts = $"{judgement.Facts}, {because}" };
    }

    // A change is one of two arms: it says nothing where the baseline did not do what it should.
    private static string? ArmFault(ThresholdQuantity quantity, ArmAnalysis arm, RunAnalysis analysis)
    {
        ArmAnalysis[] concerned = quantity is ThresholdQuantity.Overhead ? [arm, .. analysis.Arms.Where(other => other.Role == ArmRole.Baseline)] : [arm];
        return concerned
            .Select(one => one.Health.FaultThatHides(quantity) is { } fault ? $"but {one.Name} {ArmHealthText.Predicate(one.Health, fault)}" : null)
            .FirstOrDefault(text => text is not null);
    }

    private static string? ControlFault(Threshold threshold, ThresholdJudgment judgement, MetricId? metric, RunAnalysis analysis)
    {
        var control = analysis.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Control);
        var check = control?.Metrics.FirstOrDefault(comparison => comparison.Metric == metric);
        if (check?.Ratio is not { } ratio)
        {
            return null;
        }

        var claimed = threshold.Quantity is not ThresholdQuantity.Overhead ? double.PositiveInfinity
            : threshold.Limit != 0 ? Math.Abs(threshold.Limit)
            : ControlRule.Distance(judgement.Measured!);
        return ControlRule.Allows(check.Metric, check, claimed) ? null : $"but the same configuration measured twice differs by {PercentText.Change(ratio)}";
    }
}
