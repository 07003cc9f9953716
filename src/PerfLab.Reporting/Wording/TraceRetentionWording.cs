using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Traces;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Wording;

/// <summary>What an arm lets one see, in words and figures.</summary>
internal static class TraceRetentionWording
{
    private const string Nothing = "–";

    private static readonly QuantityFormat Percents = QuantityFormat.ForColumn(MetricUnit.Ratio, [0.1]);

    /// <summary>Says in one sentence what each variant keeps of failed requests, and what that costs in the service and in the collector.</summary>
    public static string Sentence(RunTraceRetention retention, RunAnalysis analysis)
    {
        var clauses = retention.Arms
            .Where(arm => arm.Role == ArmRole.Variant)
            .Select(arm => $"{arm.Name} {FailedKept(arm)} for {Costs(analysis.Arms.Single(candidate => candidate.Name == arm.Name))}");
        return $"Kept of failed requests, and the cost per request in the service and in the collector: {string.Join("; ", clauses)}.";
    }

    /// <summary>Writes a share with its interval: <c>9.8 % (7.1 to 12.0)</c>.</summary>
    public static string Share(ShareEstimate share) => share switch
    {
        { Value: null } => Nothing,
        { Value: { } value, Interval: { } interval } => Percents.Value(interval with { Estimate = value }),
        { Value: { } value } => Percents.WithUnit(value),
    };

    /// <summary>Writes a share without its interval.</summary>
    public static string Value(ShareEstimate share) => share.Value is { } value ? Percents.WithUnit(value) : Nothing;

    /// <summary>Writes a delay: <c>2.1 s</c>.</summary>
    public static string Delay(DelayEstimate delay) => delay.Seconds is { } seconds ? Seconds(seconds) : Nothing;

    /// <summary>Says what an alert did: <c>after 1.9 s</c>, <c>after 1.9 s, in 4 of 6</c>, <c>never</c>.</summary>
    public static string Alert(AlertSummary alert)
    {
        var words = alert switch
        {
            { Bursts: 0 } => Nothing,
            { FiredCount: 0, WasFiringCount: > 0 } => "was firing already",
            { FiredCount: 0 } => "never",
            _ when alert.FiredCount == alert.Bursts => $"after {Delay(alert.Delay)}",
            _ => $"after {Delay(alert.Delay)}, in {alert.FiredCount} of {alert.Bursts}",
        };
        return alert.FalseCount == 0 ? words : $"{words}; {DisplayText.Counted(alert.FalseCount, "false alert")}";
    }

    /// <summary>Writes the change of the service's CPU time per request with its interval.</summary>
    public static string ServiceCpu(ArmAnalysis arm)
    {
        var ratio = MetricTables.Find(arm, MetricId.Cpu)?.Ratio;
        return ratio is null ? Nothing : Percents.Change(ratio);
    }

    /// <summary>Writes the change of the service's CPU time per request without its interval.</summary>
    public static string ServiceCpuAlone(ArmAnalysis arm) =>
        MetricTables.Find(arm, MetricId.Cpu)?.Ratio is { } ratio ? Percents.SignedWithUnit(ratio.Estimate) : Nothing;

    /// <summary>Writes the collector's CPU time per request.</summary>
    public static string CollectorCpu(ArmAnalysis arm) => MetricTables.Find(arm, MetricId.CollectorCpu)?.Value is { } seconds
        ? QuantityFormat.ForColumn(MetricUnit.Seconds, [seconds]).WithUnit(seconds)
        : Nothing;

    private static string FailedKept(ArmTraceRetention arm) => arm.FailedKept switch
    {
        { Value: null } => "nothing to keep",
        { Value: { } value, Interval: { } interval } when interval.High > interval.Low => $"{QuantityFormat.Percent(value)} ({PercentText.Range(interval.Low, interval.High)})",
        { Value: { } value } => QuantityFormat.Percent(value),
    };

    private static string Costs(ArmAnalysis arm)
    {
        var service = MetricTables.Find(arm, MetricId.Cpu)?.Ratio is { } ratio ? $"{PercentText.Change(ratio)} CPU" : "CPU not measured";
        var collector = MetricTables.Find(arm, MetricId.CollectorCpu)?.Value is { } seconds
            ? $"{QuantityFormat.For(MetricUnit.Seconds, seconds).WithUnit(seconds)} in the collector"
            : "collector CPU not measured";
        return $"{service} and {collector}";
    }

    private static string Seconds(double seconds) => QuantityFormat.ForColumn(MetricUnit.Seconds, [seconds]).WithUnit(seconds);
}
