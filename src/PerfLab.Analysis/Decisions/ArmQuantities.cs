using PerfLab.Analysis.Traces;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Decisions;

/// <summary>What a run knows of an arm for a condition of a decision, in the unit of the condition's limit.</summary>
internal static class ArmQuantities
{
    /// <summary>Finds it; null where the run does not say.</summary>
    internal static Interval? Of(DecisionCondition condition, ArmAnalysis arm, DecisionBasis basis) => condition switch
    {
        { Metric: { } metric } => Cost(metric, condition, arm, basis),
        { Quantity: DecisionQuantity.Cost } => MonthEstimator.CostOf(arm, basis) is { Money: { } money } ? money : null,
        { Quantity: DecisionQuantity.TracesKept } => TracesKept(arm, basis.Visibility),
        _ => Retention(arm, basis.Visibility) is { } kept ? ShareOf(condition.Quantity, kept).Interval : null,
    };

    /// <summary>Gets how many of an arm's traces are kept: as observed, else as its sampler did with the spans that the target created.</summary>
    internal static Interval? TracesKept(ArmAnalysis arm, RunTraceRetention? visibility)
    {
        if (Retention(arm, visibility) is { Kept: { Interval: { } observed } })
        {
            return observed;
        }

        // Counted over all spans of the run and no estimate: there is nothing to draw an interval around.
        double? share = arm.Spans switch
        {
            { ReceivedCount: 0, SampledCount: 0 or null } => 0,
            { CreatedCount: > 0 and var created, SampledCount: { } sampled } => (double)sampled / created,
            // A service without a count of its own: a trace that the collector has begins with one span without a parent.
            { SampledCount: null, RootSpanCount: > 0 and var traces, RequestCount: > 0 and var requests } => Math.Min(1, (double)traces / requests),
            _ => null,
        };
        return share is { } known ? Interval.Exactly(known * (arm.TailKeptRatio ?? 1)) : null;
    }

    /// <summary>Gets what the trace-retention window shows of an arm; null without one.</summary>
    internal static ArmTraceRetention? Retention(ArmAnalysis arm, RunTraceRetention? visibility) =>
        visibility?.Arms.FirstOrDefault(entry => entry.Name == arm.Name);

    private static ShareEstimate ShareOf(DecisionQuantity quantity, ArmTraceRetention kept) => quantity switch
    {
        DecisionQuantity.ErrorsKept => kept.FailedKept,
        DecisionQuantity.SlowKept => kept.SlowKept,
        _ => kept.Complete,
    };

    private static Interval? Cost(MetricId metric, DecisionCondition condition, ArmAnalysis arm, DecisionBasis basis)
    {
        // The baseline does not differ from itself.
        if (arm.Role == ArmRole.Baseline && condition.Kind is DecisionLimit.Change or DecisionLimit.Difference)
        {
            return Interval.Exactly(0);
        }

        var comparison = arm.Get(metric);
        return condition.Kind switch
        {
            DecisionLimit.Change => comparison.Ratio,
            DecisionLimit.Difference => comparison.Difference,
            DecisionLimit.Value => PairedCosts.Values(comparison, basis),
            DecisionLimit.Monthly when basis.Plan.Decision?.RequestsPerSecond is { } rate => PairedCosts.Values(comparison, basis)?.Times(rate * DecisionDefinition.SecondsPerMonth * (arm.TailKeptRatio ?? 1)),
            _ => null,
        };
    }
}
