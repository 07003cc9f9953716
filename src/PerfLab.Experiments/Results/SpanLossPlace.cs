namespace PerfLab.Experiments.Results;

/// <summary>Where spans were lost on their way from the sampler to the collector.</summary>
public enum SpanLossPlace
{
    /// <summary>Nothing says where.</summary>
    Unknown = 0,

    /// <summary>The SDK's queue was full.</summary>
    Queue = 1,

    /// <summary>The back end got them and did not take them: it refused, broke off or never answered.</summary>
    BackEnd = 2,

    /// <summary>The exporter gave them up: it did not reach the back end.</summary>
    Exporter = 3,

    /// <summary>Their process ended before it could export them.</summary>
    Process = 4,
}
