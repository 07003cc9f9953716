using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Results.Benches.Collectors;

/// <summary>One stretch in which the sender sends as fast as it is answered.</summary>
public sealed record ReceivingRound
{
    /// <summary>Gets the round, from 1; a round has every way once.</summary>
    public required int Round { get; init; }

    /// <summary>Gets the way: <c>http</c>, <c>http gzip</c>, <c>grpc</c> or <c>grpc gzip</c>.</summary>
    public required string Way { get; init; }

    /// <summary>Gets the spans in requests that were answered as taken.</summary>
    public required long SentSpans { get; init; }

    /// <summary>Gets the spans that the collector counted.</summary>
    public required long ReceivedSpans { get; init; }

    /// <summary>Gets requests that were answered otherwise, or not at all.</summary>
    public required long FailedRequests { get; init; }

    /// <summary>Gets the requests answered as taken.</summary>
    public required long SentRequests { get; init; }

    /// <summary>Gets the length.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets the processor time of the collector's process.</summary>
    public required double CollectorCpuSeconds { get; init; }

    /// <summary>Gets the processor time of the sender's process.</summary>
    public required double SenderCpuSeconds { get; init; }

    /// <summary>Gets what the collector allocated on the managed heap.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Gets the spans received per second of the collector's processor time: what a whole core takes.</summary>
    [JsonIgnore]
    public double SpansPerCoreSecond => ReceivedSpans / CollectorCpuSeconds;

    /// <summary>Gets the spans received per second.</summary>
    [JsonIgnore]
    public double SpansPerSecond => ReceivedSpans / Seconds;
}
