using PerfLab.Collector.Bodies;

namespace PerfLab.Collector.Hosting;

/// <summary>What the host needs to know.</summary>
internal sealed record HostSettings
{
    /// <summary>Gets the limits of a body.</summary>
    public required BodyLimits Limits { get; init; }

    /// <summary>Gets the largest gRPC message as sent.</summary>
    public required int MaxGrpcMessageBytes { get; init; }

    /// <summary>Gets how long open requests may take to end when the host stops.</summary>
    public required TimeSpan StopPatience { get; init; }
}
