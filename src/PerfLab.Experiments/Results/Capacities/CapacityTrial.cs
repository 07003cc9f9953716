namespace PerfLab.Experiments.Results.Capacities;

/// <summary>One try of a rate.</summary>
public sealed record CapacityTrial
{
    /// <summary>Gets the rate.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Gets whether it held the service level; null when the lab itself was disturbed and the try does not count.</summary>
    public required bool? Holds { get; init; }

    /// <summary>Gets the answers.</summary>
    public required long AnsweredCount { get; init; }

    /// <summary>Gets the starts given up.</summary>
    public required long DroppedCount { get; init; }

    /// <summary>Gets the errors of all kinds.</summary>
    public required long ErrorCount { get; init; }

    /// <summary>Gets the 99th percentile of the response time; null without an answer.</summary>
    public required double? P99Seconds { get; init; }

    /// <summary>Gets the 99th percentile of the start lateness; null without a start.</summary>
    public required double? LatenessP99Seconds { get; init; }
}
