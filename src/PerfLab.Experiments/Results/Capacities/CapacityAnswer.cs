using PerfLab.Experiments.Plans;

namespace PerfLab.Experiments.Results.Capacities;

/// <summary>What a capacity search says about one arm.</summary>
public sealed record CapacityAnswer
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets what the arm is for.</summary>
    public required ArmRole Role { get; init; }

    /// <summary>Gets the launch sets in which the search came to rest.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the highest rate that holds the service level; null when no search came to rest.</summary>
    public required CapacityEstimate? RequestsPerSecond { get; init; }

    /// <summary>Gets the change of that rate to the baseline as a ratio (-0.05 is 5 % fewer); null for the baseline.</summary>
    public required CapacityEstimate? Change { get; init; }

    /// <summary>Gets the cores that 1,000 requests per second keep busy; null where processor time is not measured.</summary>
    public required CapacityEstimate? CoresPerThousand { get; init; }

    /// <summary>Gets the cores more than the baseline needs for 1,000 requests per second; null for the baseline.</summary>
    public required CapacityEstimate? ExtraCoresPerThousand { get; init; }
}
