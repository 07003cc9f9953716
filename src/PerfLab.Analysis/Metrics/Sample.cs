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
    /// <param name="metric">The metric.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="withholdsMaxima">Whether a percentile is missing where there are too few answers for it, so that it is the longest of them.</param>
    internal static Sample Take(MetricId metric, ArmRecord arm, bool withholdsMaxima = true) => metric switch
    {
        MetricId.Cpu => CpuSample.Take(arm),
        MetricId.Allocation => AllocationSample.Take(arm),
        MetricId.GcPause => GcPauseSample.Take(arm),
        MetricId.P50 or MetricId.P90 or MetricId.P99 or MetricId.P999 => ResponseTimeSample.Take(arm, MetricCatalog.PercentileOf(metric)!.Value, withholdsMaxima),
        MetricId.WorkingSet => WorkingSetSample.Take(arm),
        MetricId.ExportedBytes => ExportSample.Bytes(arm),
        MetricId.ExportedSpans => ExportSample.Spans(arm),
        MetricId.CompletionP50 or MetricId.CompletionP99 => CompletionSample.Take(arm.Completion, MetricCatalog.PercentileOf(metric)!.Value, withholdsMaxima),
        MetricId.Errors => ErrorSample.Take(arm),
        MetricId.CollectorCpu => CollectorSample.Cpu(arm),
        MetricId.CollectorMemory => CollectorSample.Memory(arm),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "The metric has no extraction. Add one beside the others."),
    };
}
