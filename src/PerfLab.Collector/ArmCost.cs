using PerfLab.Experiments.Results;

namespace PerfLab.Collector;

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
    public required TailRecord? Tail { get; init; }
}
