namespace PerfLab.Experiments;

/// <summary>The measured quantities. Everything else about a metric stands in <see cref="MetricCatalog"/>.</summary>
public enum MetricId
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>User and system CPU time of all processes of the arm, per answered request.</summary>
    Cpu = 1,

    /// <summary>Managed bytes allocated per answered request.</summary>
    Allocation = 2,

    /// <summary>Time the garbage collector paused the process, per answered request.</summary>
    GcPause = 3,

    /// <summary>Median response time from the intended start.</summary>
    P50 = 4,

    /// <summary>90th percentile of the response time from the intended start.</summary>
    P90 = 5,

    /// <summary>99th percentile of the response time from the intended start.</summary>
    P99 = 6,

    /// <summary>99.9th percentile of the response time from the intended start.</summary>
    P999 = 7,

    /// <summary>Resident memory of all processes of the arm at the end of measuring.</summary>
    WorkingSet = 8,

    /// <summary>Bytes on the wire to the collector per request.</summary>
    ExportedBytes = 9,

    /// <summary>Spans that arrived at the collector per request.</summary>
    ExportedSpans = 10,

    /// <summary>Share of requests that ended in an error.</summary>
    Errors = 11,

    /// <summary>Median time from the request to the end of the work that goes on after the answer.</summary>
    CompletionP50 = 12,

    /// <summary>99th percentile of the time from the request to the end of the work that goes on after the answer.</summary>
    CompletionP99 = 13,

    /// <summary>CPU time that the collector used for the arm's telemetry, per answered request.</summary>
    CollectorCpu = 14,

    /// <summary>The most that the collector held back at once of the arm's traces while it was measured.</summary>
    CollectorMemory = 15,
}
