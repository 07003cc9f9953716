namespace PerfLab.Collector.Exports;

/// <summary>How a payload is written.</summary>
internal enum PayloadFormat
{
    /// <summary>None that OTLP knows.</summary>
    Unknown = 0,

    /// <summary>Protobuf's wire format.</summary>
    Protobuf,

    /// <summary>Protobuf's JSON mapping with OTLP's deviations.</summary>
    Json,
}
