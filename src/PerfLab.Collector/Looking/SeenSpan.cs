namespace PerfLab.Collector.Looking;

/// <summary>A span as it was seen, without its attributes.</summary>
internal sealed record SeenSpan
{
    public required UInt128 TraceId { get; init; }

    public required ulong SpanId { get; init; }

    /// <summary>Gets the parent's id; 0 for a root.</summary>
    public required ulong ParentId { get; init; }

    public required string Service { get; init; }

    public required string Name { get; init; }

    public required int Kind { get; init; }

    public required ulong Start { get; init; }

    public required double Seconds { get; init; }

    public required bool IsError { get; init; }

    /// <summary>Gets what a client span says that it called; null where it says nothing.</summary>
    public required string? Peer { get; init; }
}
