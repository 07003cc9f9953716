using PerfLab.Experiments.Plans;

namespace PerfLab.Experiments.Results.Capacities;

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
    public required IReadOnlyList<CapacityAnswer> Answers { get; init; }
}
