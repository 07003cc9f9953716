namespace PerfLab.Experiments.Results.Benches;

/// <summary>How a schedule was kept at a moderate rate, with a processor to itself.</summary>
public sealed record PacingBench
{
    /// <summary>Gets the rate that was asked for.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Gets the length.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets the rate of requests begun.</summary>
    public required double AchievedPerSecond { get; init; }

    /// <summary>Gets the starts given up.</summary>
    public required long Dropped { get; init; }

    /// <summary>Gets how much later than intended requests were sent.</summary>
    public required LatencySummary StartLateness { get; init; }

    /// <summary>Gets the generator's share of its processor.</summary>
    public required double CpuShare { get; init; }

    /// <summary>Gets the share of the time in which the hypervisor gave the processor to others; null when it does not say.</summary>
    public required double? StealShare { get; init; }

    /// <summary>Gets the resident memory of the generator's process in the second quarter of the time, in the mean.</summary>
    public required double? EarlyResidentBytes { get; init; }

    /// <summary>Gets the same in the last quarter.</summary>
    public required double? LateResidentBytes { get; init; }
}
