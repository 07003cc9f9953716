using PerfLab.Experiments.Gates;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.History;

/// <summary>One night: a line of <c>results/history/NAME.jsonl</c>. Within a version members are added, never renamed or removed.</summary>
public sealed record HistoryEntry
{
    /// <summary>The version of the format that this program writes, and the latest that it reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets the night: its commits and where it was measured.</summary>
    public required NightFacts Night { get; init; }

    /// <summary>Gets how it ended.</summary>
    public required NightEnd End { get; init; }

    /// <summary>Gets the runs, the confirming one second; none where the night ended before.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Gets what was measured: head against baseline, what each arm costs in the head's build, and the A/A pair of each run.</summary>
    public required IReadOnlyList<HistoryEstimate> Estimates { get; init; }

    /// <summary>Gets what the gate said of each metric of each arm.</summary>
    public required IReadOnlyList<HistoryVerdict> Verdicts { get; init; }

    /// <summary>Gets what it said of all of them.</summary>
    public required GateOutcome Outcome { get; init; }

    /// <summary>Gets whether it blocked.</summary>
    public required bool IsBlocked { get; init; }
}

/// <summary>What is known of a night before anything is measured.</summary>
public sealed record NightFacts
{
    /// <summary>Gets the name of the night, unique in the history.</summary>
    public required string Name { get; init; }

    /// <summary>Gets when the night began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Gets the baseline.</summary>
    public required BuiltCommit Baseline { get; init; }

    /// <summary>Gets the head.</summary>
    public required BuiltCommit Head { get; init; }

    /// <summary>Gets the machine with its kernel and runtime: where it changes, a new epoch begins.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the commit of PerfLab; null outside a checkout.</summary>
    public required string? PerfLabCommit { get; init; }

    /// <summary>Gets what was planted into the head to see whether it is found; empty in a night of commits.</summary>
    public required IReadOnlyDictionary<string, string> Planted { get; init; }
}

/// <summary>How a night ended.</summary>
public enum NightEnd
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Everything was measured that the gate wanted.</summary>
    Completed = 1,

    /// <summary>The baseline could not be built.</summary>
    BaselineNotBuilt = 2,

    /// <summary>The head could not be built.</summary>
    HeadNotBuilt = 3,

    /// <summary>A target could not be started, did not get ready, or died.</summary>
    TargetFailed = 4,

    /// <summary>It was interrupted.</summary>
    Interrupted = 5,

    /// <summary>Files could not be written, for example because the disk is full.</summary>
    StorageFailed = 6,

    /// <summary>Launch sets were voided one after the other.</summary>
    Voided = 7,
}

/// <summary>A commit as it was built.</summary>
/// <param name="Commit">Its full hash; null where no commit was built, as in a demonstration.</param>
/// <param name="OpenTelemetryVersion">The version of OpenTelemetry in what the build made; null where none was found.</param>
public sealed record BuiltCommit(string? Commit, string? OpenTelemetryVersion);

/// <summary>A paired estimate of a night.</summary>
public sealed record HistoryEstimate
{
    /// <summary>Gets the arm of the policy; null for the A/A pair.</summary>
    public required string? Arm { get; init; }

    /// <summary>Gets the arm that it is compared with, both from the head's build; null for head against baseline and for the A/A pair.</summary>
    public string? Against { get; init; }

    /// <summary>Gets the metric.</summary>
    public required MetricId Metric { get; init; }

    /// <summary>Gets the run that it is of, from 0: 1 is the confirming one.</summary>
    public required int Run { get; init; }

    /// <summary>Gets the launch sets behind it.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the relative change.</summary>
    public required double Ratio { get; init; }

    /// <summary>Gets the lower bound of its interval.</summary>
    public required double RatioLow { get; init; }

    /// <summary>Gets the upper bound.</summary>
    public required double RatioHigh { get; init; }

    /// <summary>Gets the confidence level of the interval.</summary>
    public required double ConfidenceLevel { get; init; }

    /// <summary>Gets the smallest change that was found four times in five; null where it cannot be said.</summary>
    public required double? DetectableRatio { get; init; }

    /// <summary>Gets the threshold of the policy.</summary>
    public required double Threshold { get; init; }
}

/// <summary>What the gate said of a metric of an arm.</summary>
/// <param name="Arm">The arm of the policy.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Outcome">What it said.</param>
/// <param name="Blocks">Whether that blocked.</param>
public sealed record HistoryVerdict(string Arm, MetricId Metric, GateOutcome Outcome, bool Blocks);
