namespace PerfLab.Experiments;

/// <summary>The one place where key, unit and threshold of each metric stand.</summary>
public static class MetricCatalog
{
    /// <summary>Gets all metrics in the order in which reports show them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Define(MetricId.Cpu, "cpu", "CPU per request", "CPU per request", MetricUnit.Seconds, 0.05, isPrimary: true),
        Define(MetricId.Allocation, "allocation", "Allocated per request", "bytes allocated", MetricUnit.Bytes, 0.01, isPrimary: true, needsProbe: true),
        Define(MetricId.P50, "p50", "p50 response time", "median response time", MetricUnit.Seconds, 0.10),
        Define(MetricId.P90, "p90", "p90 response time", "p90 response time", MetricUnit.Seconds, 0.10),
        Define(MetricId.P99, "p99", "p99 response time", "p99 response time", MetricUnit.Seconds, 0.20),
        Define(MetricId.P999, "p999", "p99.9 response time", "p99.9 response time", MetricUnit.Seconds, 0.30),
        Define(MetricId.CompletionP50, "completion_p50", "p50 until the work is done", "median time until the work is done", MetricUnit.Seconds, 0.10, needsCompletion: true),
        Define(MetricId.CompletionP99, "completion_p99", "p99 until the work is done", "p99 time until the work is done", MetricUnit.Seconds, 0.20, needsCompletion: true),
        Define(MetricId.GcPause, "gc_pause", "GC pause per request", "GC pause per request", MetricUnit.Seconds, 0.25, needsProbe: true),
        Define(MetricId.WorkingSet, "working_set", "Working set", "working set", MetricUnit.Bytes, 0.05),
        Define(MetricId.ExportedBytes, "exported_bytes", "Exported bytes per request", "bytes exported", MetricUnit.Bytes, 0.05, isDifferenceOnly: true),
        Define(MetricId.ExportedSpans, "exported_spans", "Exported spans per request", "spans exported", MetricUnit.Count, 0.05, isDifferenceOnly: true),
        Define(MetricId.Errors, "errors", "Errors", "errors", MetricUnit.Ratio, 0.001, isDifferenceOnly: true),
        Define(MetricId.CollectorCpu, "collector_cpu", "Collector CPU per request", "collector CPU per request", MetricUnit.Seconds, 0.05, isDifferenceOnly: true),
        Define(MetricId.CollectorMemory, "collector_memory", "Held by the collector", "bytes held by the collector", MetricUnit.Bytes, 0.05, isDifferenceOnly: true),
    ];

    /// <summary>Finds a metric by its identity.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The catalogue has no such metric.</exception>
    public static MetricDefinition Get(MetricId id) =>
        All.FirstOrDefault(metric => metric.Id == id)
        ?? throw new ArgumentOutOfRangeException(nameof(id), id, "No such metric in the catalogue.");

    /// <summary>Finds a metric by its key in files, or null.</summary>
    public static MetricDefinition? Find(string key) =>
        All.FirstOrDefault(metric => string.Equals(metric.Key, key, StringComparison.Ordinal));

    /// <summary>Whether a metric is a time that somebody waits for: it is slower or faster, where others are more or less.</summary>
    public static bool IsResponseTime(MetricId id) =>
        id is MetricId.P50 or MetricId.P90 or MetricId.P99 or MetricId.P999 or MetricId.CompletionP50 or MetricId.CompletionP99;

    /// <summary>Gets the percentile that a metric is, 0 to 100; null where it is none.</summary>
    public static double? PercentileOf(MetricId id) => id switch
    {
        MetricId.P50 or MetricId.CompletionP50 => 50,
        MetricId.P90 => 90,
        MetricId.P99 or MetricId.CompletionP99 => 99,
        MetricId.P999 => 99.9,
        _ => null,
    };

    private static MetricDefinition Define(
        MetricId id,
        string key,
        string title,
        string inSentence,
        MetricUnit unit,
        double practicalThreshold,
        bool isPrimary = false,
        bool isDifferenceOnly = false,
        bool needsCompletion = false,
        bool needsProbe = false) => new()
        {
            Id = id,
            Key = key,
            Title = title,
            InSentence = inSentence,
            Unit = unit,
            PracticalThreshold = practicalThreshold,
            IsPrimary = isPrimary,
            IsDifferenceOnly = isDifferenceOnly,
            NeedsCompletion = needsCompletion,
            NeedsProbe = needsProbe,
        };
}
