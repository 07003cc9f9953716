namespace PerfLab.Experiments.Results.Benches;

/// <summary>A server that answers after a fixed delay and freezes once, under a constant rate: what arithmetic says and what was measured.</summary>
public sealed record FreezeBench
{
    /// <summary>Gets the rate.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Gets the length of the load.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets the length of the freeze.</summary>
    public required double FreezeSeconds { get; init; }

    /// <summary>Gets the delay of every answer.</summary>
    public required double DelaySeconds { get; init; }

    /// <summary>Gets p50, p99, p99.9 and the maximum.</summary>
    public required IReadOnlyList<FreezePoint> Points { get; init; }
}
