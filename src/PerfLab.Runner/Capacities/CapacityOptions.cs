using PerfLab.Experiments.Thresholds;

namespace PerfLab.Runner.Capacities;

/// <summary>What a capacity search shall find, and how long it may look.</summary>
public sealed record CapacityOptions
{
    /// <summary>Gets the service level: conditions of a load test that must all hold; at least one.</summary>
    public required IReadOnlyList<Threshold> ServiceLevel { get; init; }

    /// <summary>Gets the launch sets; 6 is the least that has a 95 % interval.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the tries of every arm in a launch set.</summary>
    public required int Rounds { get; init; }
}
