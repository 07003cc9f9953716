using System.Collections.ObjectModel;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Accounting;

/// <summary>What one arm sent to the receiver since the start or the last reset, read at one moment.</summary>
public sealed record ArmTelemetryCounts
{
    /// <summary>Gets trace export requests that were taken, empty ones and those with some rejected spans included.</summary>
    public required long ExportRequestCount { get; init; }

    /// <summary>Gets spans that were taken.</summary>
    public required long SpanCount { get; init; }

    /// <summary>Gets requests among them that held no span at all, such as JSON with names that OTLP does not have.</summary>
    public long ExportsWithoutSpansCount { get; init; }

    /// <summary>Gets what was not taken by status, reason and path, the most frequent first; metrics and logs included.</summary>
    public IReadOnlyList<RejectedExport> RejectedExports { get; init; } = [];

    /// <summary>Gets trace export requests that were refused as a whole, for good or for now, or broke off.</summary>
    public required long RefusedRequestCount { get; init; }

    /// <summary>
    /// Gets spans that arrived but were not taken: those of refused requests, and those rejected because their ids are invalid.
    /// Null if a refused request could not be read, so that nobody knows.
    /// </summary>
    public required long? RefusedSpanCount { get; init; }

    /// <summary>
    /// Gets bytes of the taken requests' bodies as sent, compressed if so; without HTTP headers and, for gRPC, without the
    /// 5 bytes before the message.
    /// </summary>
    public required long WireBytes { get; init; }

    /// <summary>Gets bytes of the same bodies after decompression.</summary>
    public required long DecodedBytes { get; init; }

    /// <summary>Gets bytes of refused requests' bodies, as far as they arrived; 0 for what gRPC refused before reading it.</summary>
    public required long RefusedWireBytes { get; init; }

    /// <summary>Gets requests of metrics and logs that were taken; their content is not looked at.</summary>
    public required long OtherSignalRequestCount { get; init; }

    /// <summary>Gets bytes of those requests' bodies as sent.</summary>
    public required long OtherSignalWireBytes { get; init; }

    /// <summary>
    /// Gets spans among those taken whose id came before. Exact for a span that comes again within the next 131,072; one that
    /// comes later than that may be taken for new.
    /// </summary>
    public long DuplicateSpanCount { get; init; }

    /// <summary>Gets spans among those taken that have no parent, each once: one for each trace that began here.</summary>
    public long RootSpanCount { get; init; }

    /// <summary>Gets spans that came when the account was closed, the one before the last reset included; they are in no other figure.</summary>
    public long LateSpanCount { get; init; }

    /// <summary>Gets the spans taken by the name of their service, for at most 64 services.</summary>
    public IReadOnlyDictionary<string, long> SpansByService { get; init; } = ReadOnlyDictionary<string, long>.Empty;
}

/// <summary>What one arm has cost the receiver.</summary>
public sealed record ArmCost
{
    /// <summary>
    /// Gets the CPU time since the start, in seconds, of the threads that decompress, check, account for and judge the arm's
    /// requests, from when a body has arrived until its outcome is known. HTTP, gRPC and sockets below are not in it. Null
    /// where the platform does not tell.
    /// </summary>
    public required double? CpuSeconds { get; init; }

    /// <summary>Gets the most bytes that tail sampling held back at once since the peaks were last forgotten; 0 without it.</summary>
    public required long PeakHeldBytes { get; init; }

    /// <summary>Gets the most traces that it held back at once since then; 0 without it.</summary>
    public required long PeakHeldTraces { get; init; }

    /// <summary>Gets what it did with the traces since the start or the last reset; null without it.</summary>
    public required TailSamplingRecord? Tail { get; init; }
}
