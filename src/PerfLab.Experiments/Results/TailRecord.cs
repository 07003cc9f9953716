namespace PerfLab.Experiments.Results;

/// <summary>What tail sampling did with the traces of an arm: judged = kept + dropped.</summary>
public sealed record TailRecord
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
