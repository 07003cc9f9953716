namespace PerfLab.Collector.Accounting;

/// <summary>What an <see cref="ExportLedger"/> held at one moment.</summary>
internal readonly record struct LedgerCounts
{
    public required long AcceptedRequests { get; init; }

    public required long AcceptedSpans { get; init; }

    public required long RefusedRequests { get; init; }

    public required long? RefusedSpans { get; init; }

    public required long WireBytes { get; init; }

    public required long DecodedBytes { get; init; }

    public required long RefusedWireBytes { get; init; }

    public required long OtherSignalRequests { get; init; }

    public required long OtherSignalWireBytes { get; init; }

    public required long EstimatedTraces { get; init; }

    public required long DuplicateSpans { get; init; }

    public required long LateSpans { get; init; }

    public required IReadOnlyDictionary<string, long> Services { get; init; }
}
