namespace PerfLab.Experiments.Results;

/// <summary>What the collector spent on one arm over the measured window of a launch set, voided rounds included.</summary>
public sealed record CollectorRecord
{
    /// <summary>
    /// Gets the CPU time of the threads that decompressed, checked, accounted for and judged the arm's requests, once their
    /// bodies had arrived; HTTP, gRPC and the sockets below are not in it. Null where the platform does not tell.
    /// </summary>
    public required double? CpuSeconds { get; init; }

    /// <summary>Gets the requests that the arm answered meanwhile.</summary>
    public required long AnsweredCount { get; init; }

    /// <summary>Gets the most bytes that were held back at once for traces that were not judged yet; 0 without tail sampling.</summary>
    public required long PeakHeldBytes { get; init; }

    /// <summary>Gets the most traces that were held back at once.</summary>
    public required long PeakHeldTraces { get; init; }

    /// <summary>Gets what tail sampling did, over the life of the arm's processes; null without tail sampling.</summary>
    public required TailSamplingRecord? Tail { get; init; }
}

/// <summary>What tail sampling did with the traces of an arm: judged = kept + dropped.</summary>
public sealed record TailSamplingRecord
{
    /// <summary>Gets the traces kept, for each rule in the order of the scenario.</summary>
    public required IReadOnlyList<long> KeptByRule { get; init; }

    /// <summary>Gets the traces that no rule fitted.</summary>
    public required long DroppedTraceCount { get; init; }

    /// <summary>Gets the traces judged before their time for lack of room, kept or dropped.</summary>
    public required long CutShortTraceCount { get; init; }

    /// <summary>Gets the traces among them that were dropped: what was lost for lack of room.</summary>
    public required long DroppedForRoomTraceCount { get; init; }

    /// <summary>Gets spans of kept traces, late ones included.</summary>
    public required long KeptSpanCount { get; init; }

    /// <summary>Gets spans of dropped traces, late ones included.</summary>
    public required long DroppedSpanCount { get; init; }

    /// <summary>Gets spans that came after their trace was judged and followed what was decided.</summary>
    public required long LateSpanCount { get; init; }
}
