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

    /// <summary>Gets export requests.</summary>
    public required long ExportRequestCount { get; init; }

    /// <summary>Gets bytes of the export requests' bodies as sent, compressed if so.</summary>
    public required long WireBytes { get; init; }

    /// <summary>Gets the same bytes after decompression.</summary>
    public required long DecodedBytes { get; init; }
}
