using PerfLab.Experiments.Findings;

namespace PerfLab.Experiments.Results;

/// <summary>One launch set as measured: the content of <c>launches/NNN/launch.json</c>.</summary>
public sealed record LaunchRecord
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets the number of the attempt, from 1; voided ones count.</summary>
    public required int Number { get; init; }

    /// <summary>Gets when the first process was started.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Gets the time from the first start to the last stop.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Gets what the validity checks found; one of severity Invalid voids the launch set.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Gets the arms in plan order.</summary>
    public required IReadOnlyList<ArmRecord> Arms { get; init; }

    /// <summary>Gets the rounds that do not count, for all arms alike; each was measured once more.</summary>
    public IReadOnlyList<VoidedRound> VoidedRounds { get; init; } = [];

    /// <summary>Gets the lab's own processes over the measured window.</summary>
    public required LabRecord Lab { get; init; }

    /// <summary>Gets a value indicating whether the launch set counts.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity != FindingSeverity.Invalid);
}
