using PerfLab.Experiments.Plans;

namespace PerfLab.Experiments.Results.Capacities;

/// <summary>One arm in one launch set.</summary>
public sealed record CapacityArm
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets what the arm is for.</summary>
    public required ArmRole Role { get; init; }

    /// <summary>Gets what it answered per second in a closed loop, where the search begins.</summary>
    public required double ClosedLoopPerSecond { get; init; }

    /// <summary>Gets the highest rate that holds the service level; null when the search did not come to rest.</summary>
    public required double? RequestsPerSecond { get; init; }

    /// <summary>Gets everything that the arm's processes used during the search, divided by everything they answered; null where it is not measured.</summary>
    public required double? CpuSecondsPerRequest { get; init; }

    /// <summary>Gets the trials in order.</summary>
    public required IReadOnlyList<CapacityTrial> Trials { get; init; }
}
