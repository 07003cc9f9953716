using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Traces;

/// <summary>What the arms of a run let one see.</summary>
/// <param name="Arms">The arms in plan order.</param>
public sealed record RunTraceRetention(IReadOnlyList<ArmTraceRetention> Arms);

/// <summary>What one arm lets one see.</summary>
public sealed record ArmTraceRetention
{
    /// <summary>Gets the arm's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the arm is for.</summary>
    public required ArmRole Role { get; init; }

    /// <summary>Gets a value indicating whether the collector samples its traces when they have ended.</summary>
    public required bool IsTailSampled { get; init; }

    /// <summary>Gets the share of all requests whose trace was kept.</summary>
    public required ShareEstimate Kept { get; init; }

    /// <summary>Gets the share of failed requests whose trace was kept.</summary>
    public required ShareEstimate FailedKept { get; init; }

    /// <summary>Gets the share of slow requests whose trace was kept.</summary>
    public required ShareEstimate SlowKept { get; init; }

    /// <summary>Gets the share of the slowest 1 % of the requests whose trace was kept.</summary>
    public required ShareEstimate SlowestKept { get; init; }

    /// <summary>Gets the share of kept traces that are complete.</summary>
    public required ShareEstimate Complete { get; init; }

    /// <summary>Gets the share of kept spans whose parent was not kept.</summary>
    public required ShareEstimate Orphans { get; init; }

    /// <summary>Gets the median time from a span's end until it could be seen.</summary>
    public required DelayEstimate DelayP50 { get; init; }

    /// <summary>Gets the 99th percentile of that time.</summary>
    public required DelayEstimate DelayP99 { get; init; }

    /// <summary>Gets what the alert on errors did.</summary>
    public required AlertSummary ErrorAlert { get; init; }

    /// <summary>Gets what the alert on slow requests did.</summary>
    public required AlertSummary SlowAlert { get; init; }
}

/// <summary>What an alert did, over all launch sets, each with one burst.</summary>
public sealed record AlertSummary
{
    /// <summary>Gets the launch sets in which it fired because of the burst.</summary>
    public required int FiredCount { get; init; }

    /// <summary>Gets the launch sets in which it was firing already, so that it told nothing.</summary>
    public required int WasFiringCount { get; init; }

    /// <summary>Gets all launch sets.</summary>
    public required int Bursts { get; init; }

    /// <summary>Gets how often it fired without a cause, all launch sets together.</summary>
    public required int FalseCount { get; init; }

    /// <summary>Gets the time from the beginning of the burst until it fired, where it did.</summary>
    public required DelayEstimate Delay { get; init; }
}

/// <summary>A share of what could have been seen, over all launch sets.</summary>
public sealed record ShareEstimate
{
    /// <summary>Gets how many of them were seen, all launch sets together.</summary>
    public required long Count { get; init; }

    /// <summary>Gets of how many, all launch sets together.</summary>
    public required long Of { get; init; }

    /// <summary>Gets the share of all launch sets together; null where there was nothing to see.</summary>
    public required double? Value { get; init; }

    /// <summary>Gets the Hodges-Lehmann estimate over launch sets with its exact signed-rank interval; null below 6 launch sets.</summary>
    public required Interval? Interval { get; init; }
}

/// <summary>A delay, over all launch sets.</summary>
/// <param name="Seconds">The median over launch sets; null where there was none.</param>
/// <param name="Interval">The interval over launch sets; null below 6 of them.</param>
public sealed record DelayEstimate(double? Seconds, Interval? Interval);
