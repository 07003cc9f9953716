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
    public required TailRecord? Tail { get; init; }
}
