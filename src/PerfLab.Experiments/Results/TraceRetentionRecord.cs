namespace PerfLab.Experiments.Results;

/// <summary>What one arm of one launch set let one see of requests whose fate the load generator knows.</summary>
public sealed record TraceRetentionRecord
{
    /// <summary>Gets the requests sent.</summary>
    public required long RequestCount { get; init; }

    /// <summary>Gets the requests whose trace was kept.</summary>
    public required long KeptCount { get; init; }

    /// <summary>Gets the requests that failed: a status of 400 or above, or no answer.</summary>
    public required long FailedCount { get; init; }

    /// <summary>Gets those of them whose trace was kept.</summary>
    public required long FailedKeptCount { get; init; }

    /// <summary>Gets the requests that took as long as the scenario's bound or longer.</summary>
    public required long SlowCount { get; init; }

    /// <summary>Gets those of them whose trace was kept.</summary>
    public required long SlowKeptCount { get; init; }

    /// <summary>Gets the number of the slowest 1 % of the requests.</summary>
    public required long SlowestCount { get; init; }

    /// <summary>Gets those of them whose trace was kept.</summary>
    public required long SlowestKeptCount { get; init; }

    /// <summary>Gets the kept traces of requests that have a root, every parent and every expected service.</summary>
    public required long CompleteCount { get; init; }

    /// <summary>Gets the spans kept of the time under load.</summary>
    public required long SpanCount { get; init; }

    /// <summary>Gets those of them whose parent was not kept.</summary>
    public required long OrphanCount { get; init; }

    /// <summary>Gets the median time from the end of a span until it could be seen; null where none was kept.</summary>
    public required double? DelayP50Seconds { get; init; }

    /// <summary>Gets the 99th percentile of that time; null where none was kept.</summary>
    public required double? DelayP99Seconds { get; init; }

    /// <summary>Gets what the alert on errors did.</summary>
    public required AlertRecord ErrorAlert { get; init; }

    /// <summary>Gets what the alert on slow requests did.</summary>
    public required AlertRecord SlowAlert { get; init; }
}

/// <summary>What an alert did about one burst.</summary>
/// <param name="DelaySeconds">From the beginning of the burst until it fired because of it; null where it did not.</param>
/// <param name="WasFiring">Whether it was firing already when the first trace of the burst could be seen, so that it told nothing.</param>
/// <param name="FalseCount">How often it began to fire without any trace of the burst in its window.</param>
public sealed record AlertRecord(double? DelaySeconds, bool WasFiring, int FalseCount);
