using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
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
        // Arms are looked up one by one below, so that one unknown name does not hide what the others violate; and so are requests.
        if (ThresholdApplicability.FaultInScenario(threshold with { Arms = [], Request = null }, [], "", []) is var (problem, advice))
        {
            return new RunThresholdResult(threshold, ThresholdOutcome.NotDecided, [], new ThresholdRefusal(problem, advice));
        }

        ArmThresholdResult[] arms = [.. ArmNames(threshold, analysis).Select(arm => Judge(threshold, arm, analysis))];
        return new RunThresholdResult(threshold, ThresholdOutcomeRule.Combine(arms.Select(arm => arm.Outcome)), arms);
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
        return arm is null
            ? ArmThresholdResult.NotDecided(name, new ThresholdEvidence.NoSuchArm())
            : TrustGate.Pass(threshold, Judge(threshold, metric, arm, analysis), metric, arm, analysis);
    }

    private static ArmThresholdResult Judge(Threshold threshold, MetricId? metric, ArmAnalysis arm, RunAnalysis analysis)
    {
        if (threshold.Quantity is ThresholdQuantity.SpansLost)
        {
            return LedgerJudge.SpansLost(threshold, arm.Name, arm.Spans);
        }

        var level = LookLevels.Of(analysis.Plan, analysis.LaunchSets).ConfidenceLevel;
        if (NameOf(threshold, analysis) is { } name)
        {
            return arm.Requests.FirstOrDefault(request => request.Total.Name == name)?.Metrics.FirstOrDefault(each => each.Metric == metric) is { } values
                ? IntervalJudge.Values(threshold, arm.Name, values, level)
                : ArmThresholdResult.NotDecided(arm.Name, new ThresholdEvidence.NoSuchRequest());
        }

        return arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric) is not { } comparison
            ? ArmThresholdResult.NotDecided(arm.Name, new ThresholdEvidence.NoSuchMetric())
            : threshold.Quantity is ThresholdQuantity.Overhead
                ? IntervalJudge.Overhead(threshold, arm.Name, comparison)
                : IntervalJudge.Values(threshold, arm.Name, new RequestMetric(comparison.Metric, comparison.Samples, comparison.Value, comparison.Missing), level);
    }

    // The only request is all of them, and no run keeps its numbers twice.
    private static string? NameOf(Threshold threshold, RunAnalysis analysis) =>
        analysis.Plan.Target.Requests is [var only] && only.Name == threshold.Request ? null : threshold.Request;

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
    internal static ArmThresholdResult Pass(Threshold threshold, ArmThresholdResult result, MetricId? metric, ArmAnalysis arm, RunAnalysis analysis)
    {
        if (result.Outcome == ThresholdOutcome.NotDecided)
        {
            return result;
        }

        var obstacle = ArmFault(threshold.Quantity, arm, analysis) ?? TrustFault(threshold, result, metric, analysis);
        return obstacle is null ? result : result with { Outcome = ThresholdOutcome.NotDecided, Obstacle = obstacle };
    }

    private static ThresholdObstacle? TrustFault(Threshold threshold, ArmThresholdResult result, MetricId? metric, RunAnalysis analysis)
    {
        var isCount = threshold.Quantity is ThresholdQuantity.SpansLost;
        return analysis.Trust.Level switch
        {
            _ when isCount && result.Outcome == ThresholdOutcome.Violated => null,
            TrustLevel.Trusted or TrustLevel.Limited => ControlFault(threshold, result, metric, analysis),
            TrustLevel.Untrusted => new ThresholdObstacle.Untrusted(),
            _ => isCount ? null : new ThresholdObstacle.TrustNotShown(),
        };
    }

    // A change is one of two arms: it says nothing where the baseline did not do what it should.
    private static ThresholdObstacle.FaultyArm? ArmFault(ThresholdQuantity quantity, ArmAnalysis arm, RunAnalysis analysis) =>
        ObstacleFinder.Fault(quantity, quantity is ThresholdQuantity.Overhead ? [arm, .. analysis.Arms.Where(other => other.Role == ArmRole.Baseline)] : [arm]);

    private static ThresholdObstacle? ControlFault(Threshold threshold, ArmThresholdResult result, MetricId? metric, RunAnalysis analysis) => ObstacleFinder.Control(
        ControlRule.Of(metric, analysis.Arms),
        threshold.Quantity is ThresholdQuantity.Overhead ? ControlRule.Claim(threshold.Limit, result.Evidence.Measured!) : double.PositiveInfinity);
}
