using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Results;

/// <summary>
/// What became of an arm's spans, over the whole life of its processes: created = not sampled + sampled,
/// sampled = dropped by the SDK + exported, exported = received. Null is not measured.
/// </summary>
public sealed record SpanLedger
{
    /// <summary>Gets all requests that the arm answered, warm-up included: the divisor of the per-request figures.</summary>
    public required long RequestCount { get; init; }

    /// <summary>Gets spans that the target says it started, by its <c>otel.sdk.span.started</c> instrument.</summary>
    public required long? CreatedCount { get; init; }

    /// <summary>Gets spans among them that the sampler left out.</summary>
    public required long? NotSampledCount { get; init; }

    /// <summary>Gets spans among them that were sampled: what the collector should receive.</summary>
    public required long? SampledCount { get; init; }

    /// <summary>Gets spans that arrived.</summary>
    public required long ReceivedCount { get; init; }

    /// <summary>Gets spans that arrived in requests which the collector refused.</summary>
    public required long RefusedCount { get; init; }

    /// <summary>Gets export requests that the collector refused as a whole; the spans of those that it could not read are in no count.</summary>
    public long RefusedRequestCount { get; init; }

    /// <summary>Gets export requests.</summary>
    public required long ExportRequestCount { get; init; }

    /// <summary>Gets bytes of the export requests' bodies as sent, compressed if so.</summary>
    public required long WireBytes { get; init; }

    /// <summary>Gets the same bytes after decompression.</summary>
    public required long DecodedBytes { get; init; }

    /// <summary>Gets spans among those that arrived whose id had arrived before: sent again after an answer that was lost or refused.</summary>
    public long DuplicateCount { get; init; }

    /// <summary>Gets spans that arrived when the account was closed already, the launch set before included; they are in no other figure.</summary>
    public long LateCount { get; init; }

    /// <summary>Gets spans that found no room in the SDK's queue, as the SDK says when it is shut down.</summary>
    public long? DroppedCount { get; init; }

    /// <summary>Gets the warnings and errors that the SDK's exporters raised: one or more for each export that failed.</summary>
    public long? FailedExportCount { get; init; }

    /// <summary>Gets the spans that arrived by the name of their service.</summary>
    public IReadOnlyDictionary<string, long> ReceivedByService { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Gets spans that arrived, each once.</summary>
    [JsonIgnore]
    public long DistinctCount => ReceivedCount - DuplicateCount;

    /// <summary>Gets sampled spans that never arrived; below 0 where more arrived than were sampled.</summary>
    [JsonIgnore]
    public long? MissingCount => SampledCount - DistinctCount;
}
