namespace PerfLab.Experiments.Results.Benches;

/// <summary>One closed loop of one tool at full speed on one processor.</summary>
public sealed record BenchRound
{
    /// <summary>Gets the round, from 1; a round has every tool once.</summary>
    public required int Round { get; init; }

    /// <summary>Gets the tool's name.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets the answers.</summary>
    public required long Answered { get; init; }

    /// <summary>Gets what the tool calls errors.</summary>
    public required long Errors { get; init; }

    /// <summary>Gets the time in which they came.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// Gets the processor time of the tool's whole process: of others from start to end, of ours while the load was made,
    /// because starting .NET costs as much as thousands of requests.
    /// </summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Gets what the process allocated on the managed heap meanwhile; null for tools that have none.</summary>
    public required long? AllocatedBytes { get; init; }

    /// <summary>Gets the processor time per answer.</summary>
    public double CpuSecondsPerRequest => CpuSeconds / Answered;

    /// <summary>Gets the answers per second.</summary>
    public double AnsweredPerSecond => Answered / Seconds;
}
