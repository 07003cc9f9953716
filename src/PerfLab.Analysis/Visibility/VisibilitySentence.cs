using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Visibility;

/// <summary>Says in one sentence what the variants keep of failed requests and what that costs in the service and in the collector.</summary>
internal static class VisibilitySentence
{
    internal static string Of(IReadOnlyList<ArmVisibility> seen, IReadOnlyList<ArmAnalysis> arms)
    {
        var clauses = seen
            .Where(arm => arm.Role == ArmRole.Variant)
            .Select(arm => $"{arm.Name} {Kept(arm)} for {Costs(arms.Single(analysis => analysis.Name == arm.Name))}");
        return $"Kept of failed requests, and the cost per request in the service and in the collector: {string.Join("; ", clauses)}.";
    }

    private static string Kept(ArmVisibility arm) => arm.FailedKept switch
    {
        { Value: null } => "nothing to keep",
        { Value: { } value, Interval: { } interval } when interval.High > interval.Low => $"{QuantityFormat.Percent(value)} ({PercentText.Range(interval.Low, interval.High)})",
        { Value: { } value } => QuantityFormat.Percent(value),
    };

    private static string Costs(ArmAnalysis arm)
    {
        var service = arm.Metrics.Single(metric => metric.Metric == MetricId.Cpu).Ratio is { } ratio
            ? $"{PercentText.Change(ratio)} CPU"
            : "CPU not measured";
        var collector = arm.Metrics.Single(metric => metric.Metric == MetricId.CollectorCpu).Value is { } seconds
            ? $"{QuantityFormat.For(MetricUnit.Seconds, seconds).WithUnit(seconds)} in the collector"
            : "the collector's not measured";
        return $"{service} and {collector}";
    }
}
