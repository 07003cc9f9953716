namespace PerfLab.Experiments.Scenarios;

/// <summary>How an experiment is laid out. See <c>docs/measurement.md</c> for the reasons.</summary>
public sealed record DesignDefinition
{
    /// <summary>Gets the number of valid launch sets wanted; at least 6, below which no 95 % interval exists. With a precision it is the most there may be.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets what the run shall be able to find; empty where the number of launch sets is given instead.</summary>
    public required IReadOnlyList<PrecisionGoal> Precision { get; init; }

    /// <summary>Gets a value indicating whether the run ends as soon as every comparison is decided, before it has all its launch sets.</summary>
    public bool StopsWhenDecided { get; init; } = true;

    /// <summary>Gets the visits to every arm within a launch set; at least 2.</summary>
    public required int Rounds { get; init; }

    /// <summary>Gets the length of one visit to one arm; 20 ms to 10 s, default 100 ms.</summary>
    public required TimeSpan Slice { get; init; }

    /// <summary>Gets the least warm-up load on each arm; default 2 s.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Gets the longest warm-up load on each arm before the launch set is flagged as not settled; default 3 times <see cref="WarmUp"/>.</summary>
    public required TimeSpan WarmUpLimit { get; init; }

    /// <summary>Gets the wall-clock time for the whole run; the plan lowers the number of launch sets, never below 6, to keep it.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>Gets the runtime knobs that targets get.</summary>
    public required RuntimeProfile Runtime { get; init; }

    /// <summary>Gets the seed of schedules, request order and round order.</summary>
    public required ulong Seed { get; init; }
}

/// <summary>How small a change of a metric a run shall be able to find.</summary>
/// <param name="Metric">A metric that is compared by ratio.</param>
/// <param name="Ratio">The smallest change to find four times in five; 0.01 is 1 %.</param>
public sealed record PrecisionGoal(MetricId Metric, double Ratio);
