using PerfLab.Experiments.Plans;

namespace PerfLab.Experiments.Results;

/// <summary>The search for the highest rate that holds a service level, for every arm, as <c>./run.sh capacity</c> writes it.</summary>
public sealed record CapacityRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when it began, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the service level as it was given.</summary>
    public required IReadOnlyList<string> ServiceLevel { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets which processors did what; null where the platform cannot place processes.</summary>
    public required Placement? Placement { get; init; }

    /// <summary>Gets the length of a trial.</summary>
    public required double TrialSeconds { get; init; }

    /// <summary>Gets the trials of every arm in a launch set.</summary>
    public required int Rounds { get; init; }

    /// <summary>Gets the launch sets that were planned.</summary>
    public required int PlannedLaunchSets { get; init; }

    /// <summary>Gets the seed of schedules and orders.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets the launch sets that are complete.</summary>
    public required IReadOnlyList<CapacityLaunch> LaunchSets { get; init; }

    /// <summary>Gets what follows for every arm, in plan order; made from all of the above.</summary>
    public required IReadOnlyList<CapacityResult> Answers { get; init; }
}

/// <summary>What a capacity search says about one arm.</summary>
public sealed record CapacityResult
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

/// <summary>A Hodges-Lehmann estimate over launch sets with its exact 95 % interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The lower end; null below six launch sets, where no such interval exists.</param>
/// <param name="High">The upper end.</param>
public sealed record CapacityEstimate(double Value, double? Low, double? High);

/// <summary>One launch set: every arm as fresh processes, all searched side by side.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Arms">The arms in plan order.</param>
public sealed record CapacityLaunch(int Number, IReadOnlyList<CapacityArm> Arms);

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
