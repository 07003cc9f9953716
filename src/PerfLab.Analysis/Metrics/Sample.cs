using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Metrics;

/// <summary>One metric of one arm in one launch set: a number, or the reason why there is none.</summary>
internal readonly record struct Sample
{
    private Sample(double? value, MissingReason? missing)
    {
        Value = value;
        MissingReason = missing;
    }

    internal double? Value { get; }

    internal MissingReason? MissingReason { get; }

    internal static Sample Of(double value) => new(value, null);

    internal static Sample Missing(MissingReason reason) => new(null, reason);
}

/// <summary>Which extraction belongs to which metric. A metric without a line here cannot be analysed, and says so.</summary>
internal static class SampleExtractor
{
    internal static Sample Take(MetricId metric, ArmRecord arm) => metric switch
    {
        MetricId.Cpu => CpuSample.Take(arm),
        MetricId.Allocation => AllocationSample.Take(arm),
        MetricId.GcPause => GcPauseSample.Take(arm),
        MetricId.P50 => ResponseTimeSample.Take(arm, 50),
        MetricId.P90 => ResponseTimeSample.Take(arm, 90),
        MetricId.P99 => ResponseTimeSample.Take(arm, 99),
        MetricId.P999 => ResponseTimeSample.Take(arm, 99.9),
        MetricId.WorkingSet => WorkingSetSample.Take(arm),
        MetricId.ExportedBytes => ExportSample.Bytes(arm),
        MetricId.ExportedSpans => ExportSample.Spans(arm),
        MetricId.CompletionP50 => CompletionSample.Take(arm, times => times.P50Seconds),
        MetricId.CompletionP99 => CompletionSample.Take(arm, times => times.P99Seconds),
        MetricId.Errors => ErrorSample.Take(arm),
        MetricId.CollectorCpu => CollectorSample.Cpu(arm),
        MetricId.CollectorMemory => CollectorSample.Memory(arm),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "The metric has no extraction. Add one beside the others."),
    };
}
