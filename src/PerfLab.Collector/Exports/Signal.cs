namespace PerfLab.Collector.Exports;

/// <summary>What kind of telemetry a request carries.</summary>
internal enum Signal
{
    /// <summary>None that OTLP has a stable form for.</summary>
    Unknown = 0,

    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Metrics; taken and counted as another signal.</summary>
    Metrics,

    /// <summary>Log records; taken and counted as another signal.</summary>
    Logs,
}
