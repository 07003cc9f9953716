using System.Text.Json.Serialization;
using PerfLab.Experiments.Results;

namespace PerfLab.Bench.Collector;

/// <summary>The collector measured with payloads of a real exporter, as <c>./run.sh bench collector</c> writes it.</summary>
public sealed record CollectorBenchRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when it began, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the processor of the collector.</summary>
    public required int CollectorCore { get; init; }

    /// <summary>Gets the processor of the sender.</summary>
    public required int SenderCore { get; init; }

    /// <summary>Gets the scenario whose variant's exports were recorded.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the recorded payloads, plain first, then compressed.</summary>
    public required IReadOnlyList<RecordedPayloads> Payloads { get; init; }

    /// <summary>Gets every stretch at full speed, in the order in which they were run.</summary>
    public required IReadOnlyList<ReceivingRound> Rounds { get; init; }

    /// <summary>Gets the stretch at the rate of a scenario.</summary>
    public required ReceivingPace Pace { get; init; }

    /// <summary>Gets what the steps of taking a payload cost without a network.</summary>
    public required IReadOnlyList<ReceivingStage> Stages { get; init; }

    /// <summary>Gets the goals with what came of them; made from all of the above.</summary>
    public required IReadOnlyList<BenchGoal> Goals { get; init; }
}

/// <summary>Export requests recorded from a running service.</summary>
/// <param name="Compressed">True for gzip.</param>
/// <param name="RequestCount">How many.</param>
/// <param name="SpanCount">The spans in them.</param>
/// <param name="SentBytes">Their bodies as sent.</param>
/// <param name="DecodedBytes">Their bodies after decompression.</param>
public sealed record RecordedPayloads(bool Compressed, int RequestCount, long SpanCount, long SentBytes, long DecodedBytes);

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

/// <summary>The collector at the rate of a scenario: what it takes from the generator beside it.</summary>
/// <param name="SpansPerSecond">The rate that was asked for.</param>
/// <param name="Seconds">The length.</param>
/// <param name="SentSpans">Spans in requests that were answered as taken.</param>
/// <param name="ReceivedSpans">Spans that the collector counted.</param>
/// <param name="CollectorCpuSeconds">Processor time of the collector's process.</param>
public sealed record ReceivingPace(double SpansPerSecond, double Seconds, long SentSpans, long ReceivedSpans, double CollectorCpuSeconds);

/// <summary>What one step of taking a payload costs, without a network.</summary>
/// <param name="Name">The step.</param>
/// <param name="SecondsPerSpan">Time on one processor per span.</param>
public sealed record ReceivingStage(string Name, double SecondsPerSpan);
