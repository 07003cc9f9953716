using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Findings;

/// <summary>Variants that do more tracing than the baseline and cost less: something else differs, and no figure of them is the cost of tracing.</summary>
internal static class CheaperFindings
{
    // Two arms of one sampler receive nearly the same traces.
    private const double SpansPracticalThreshold = 0.1;

    /// <summary>Finds them, one finding for each primary metric and one for the response times.</summary>
    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<ArmAnalysis> arms)
    {
        var baseline = arms.Single(arm => arm.Role == ArmRole.Baseline);
        return from arm in arms
               where arm.Role == ArmRole.Variant
               let less = DoneLess(plan, baseline, arm)
               where less is not LessTracing.Unknown
               from metric in Cheaper(arm, arms, less)
               select new Finding(FindingSeverity.Warning, "cheaper-than-no-tracing", arm.Name) { Details = new CheaperThanNoTracing(metric.Metric, metric.Ratio!, less) };
    }

    private static LessTracing DoneLess(Plan plan, ArmAnalysis baseline, ArmAnalysis arm)
    {
        var (of, than) = (plan.Arms.Single(one => one.Name == arm.Name), plan.Arms.Single(one => one.Name == baseline.Name));
        return (baseline.Spans.ReceivedCount, arm.Spans.ReceivedCount) switch
        {
            (0, > 0) => LessTracing.ExportsNothing,
            (0, _) when SdkEnvironment.IsDisabled(plan, than) && !SdkEnvironment.IsDisabled(plan, of) => LessTracing.HasNoSdk,
            (0, 0) when SdkEnvironment.SamplesNothing(plan, than) && !SdkEnvironment.SamplesNothing(plan, of) => LessTracing.ExportsNothing,
            (> 0, _) when SdkEnvironment.DifferInSamplerOnly(of, than) && SpansPerRequest(arm) > (1 + SpansPracticalThreshold) * SpansPerRequest(baseline) => LessTracing.ExportsLess,
            _ => LessTracing.Unknown,
        };
    }

    private static double SpansPerRequest(ArmAnalysis arm) => arm.Spans.RequestCount > 0 ? (double)arm.Spans.ReceivedCount / arm.Spans.RequestCount : 0;

    // Of a primary metric the interval is enough, for the trust in the run is about its control; but where both trace, or neither
    // exports, a true cost may be next to nothing, and only one that matters needs a reason. Response times move by more, and mostly
    // together, so that the first of them that is shown to matter stands for all.
    private static IEnumerable<MetricComparison> Cheaper(ArmAnalysis arm, IReadOnlyList<ArmAnalysis> arms, LessTracing less) =>
    [
        .. arm.Metrics.Where(metric => MetricCatalog.Get(metric.Metric).IsPrimary && metric.Ratio?.High < (less == LessTracing.ExportsNothing ? 0 : -metric.PracticalThreshold)),
        .. arm.Metrics.Where(metric => MetricCatalog.IsResponseTime(metric.Metric) && !metric.IsOutOfReachOfTool && metric.Ratio is { } ratio && ratio.High < -metric.PracticalThreshold && ControlRule.Allows(ControlRule.Of(metric.Metric, arms), ControlRule.Distance(ratio))).Take(1),
    ];
}
