using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Visibility;

/// <summary>What one arm lets one see.</summary>
public sealed record ArmVisibility
{
    /// <summary>Gets the arm's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the arm is for.</summary>
    public required ArmRole Role { get; init; }

    /// <summary>Gets a value indicating whether the collector samples its traces when they have ended.</summary>
    public required bool IsTailSampled { get; init; }

    /// <summary>Gets the share of all requests whose trace was kept.</summary>
    public required SeenShare Kept { get; init; }

    /// <summary>Gets the share of failed requests whose trace was kept.</summary>
    public required SeenShare FailedKept { get; init; }

    /// <summary>Gets the share of slow requests whose trace was kept.</summary>
    public required SeenShare SlowKept { get; init; }

    /// <summary>Gets the share of the slowest 1 % of the requests whose trace was kept.</summary>
    public required SeenShare SlowestKept { get; init; }

    /// <summary>Gets the share of kept traces that are complete.</summary>
    public required SeenShare Complete { get; init; }

    /// <summary>Gets the share of kept spans whose parent was not kept.</summary>
    public required SeenShare Orphans { get; init; }

    /// <summary>Gets the median time from a span's end until it could be seen.</summary>
    public required SeenDelay DelayP50 { get; init; }

    /// <summary>Gets the 99th percentile of that time.</summary>
    public required SeenDelay DelayP99 { get; init; }

    /// <summary>Gets what the alert on errors did.</summary>
    public required AlertVisibility ErrorAlert { get; init; }

    /// <summary>Gets what the alert on slow requests did.</summary>
    public required AlertVisibility SlowAlert { get; init; }
}
