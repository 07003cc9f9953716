using System.Text.Json.Serialization;

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

    /// <summary>Gets what holds for all arms at the plan's load levels, in its order, and in its closed loop, the last; empty where it has none.</summary>
    public IReadOnlyList<LevelRecord> Levels { get; init; } = [];

    /// <summary>Gets the lab's own processes over the measured window.</summary>
    public required PerfLabUsage Lab { get; init; }

    /// <summary>
    /// Gets a value indicating whether a percentile is withheld that has too few answers in the launch set and so is the longest of
    /// them; false in runs of which it was stated already, because what was stated of a run stays.
    /// </summary>
    public bool WithholdsMaxima { get; init; }

    /// <summary>Gets a value indicating whether the launch set counts.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity != FindingSeverity.Invalid);

    /// <summary>The launch set with what was measured at a load level in the place of its first window.</summary>
    /// <param name="level">Index of the level; arms and launch set have it.</param>
    public LaunchRecord AtLevel(int level) => this with
    {
        Arms = [.. Arms.Select(arm => arm with
        {
            Slices = arm.Levels[level].Slices,
            ClosingReading = arm.Levels[level].ClosingReading,
            ResponseTime = arm.Levels[level].ResponseTime,
            StartLateness = arm.Levels[level].StartLateness,
        })],
        VoidedRounds = Levels[level].VoidedRounds,
        Lab = Levels[level].Lab,
    };
}

/// <summary>A load level of a launch set.</summary>
/// <param name="RatePerSecond">Requests per second in each slice; null in a closed loop, where each arm has its own.</param>
/// <param name="VoidedRounds">The rounds that do not count.</param>
/// <param name="Lab">PerfLab's own processes over the rounds that count.</param>
/// <param name="Findings">What the validity checks found; one of severity Invalid voids the level and not the launch set.</param>
public sealed record LevelRecord(double? RatePerSecond, IReadOnlyList<VoidedRound> VoidedRounds, PerfLabUsage Lab, IReadOnlyList<Finding> Findings)
{
    /// <summary>Gets a value indicating whether the level counts.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity != FindingSeverity.Invalid);
}

/// <summary>A round that does not count, for a reason that is not the value being judged.</summary>
/// <param name="Round">Its number, from 0, in the order of measuring.</param>
/// <param name="Code">The reason in kebab case: <c>starts-late</c> or <c>noisy-neighbour</c>.</param>
/// <param name="Facts">What was seen, in words: in a run of an earlier version; else null.</param>
public sealed record VoidedRound(int Round, string Code, string? Facts = null)
{
    /// <summary>Gets what was seen; null where it is there in words only.</summary>
    public FindingDetails? Cause { get; init; }

    /// <summary>Gets what kept processes from running meanwhile; null in runs that did not read it.</summary>
    public MachineStrain? Strain { get; init; }
}

/// <summary>What the generator and collector used over the rounds that count.</summary>
/// <param name="WindowSeconds">Length of the rounds that count, added up.</param>
/// <param name="CpuSeconds">User and system CPU time of the lab's process.</param>
/// <param name="Cores">Number of processors that the lab may use.</param>
/// <param name="StealSeconds">CPU time that the hypervisor took from this machine, all processors; null where not measured.</param>
public sealed record PerfLabUsage(double WindowSeconds, double CpuSeconds, int Cores, double? StealSeconds)
{
    /// <summary>Gets what kept processes from running over the rounds that count; null in runs that did not read it.</summary>
    public MachineStrain? Strain { get; init; }
}

/// <summary>What kept processes of a machine from running in a while, as shares of its length; null is not measured.</summary>
/// <param name="StealRatio">What the hypervisor took, of one core's time.</param>
/// <param name="PressureRatio">The time in which some process waited for a processor (<c>some</c> of <c>/proc/pressure/cpu</c>); those of the run are among them.</param>
/// <param name="ThrottledRatio">How long the CPU quota stopped the control group that PerfLab is in, of one core's time.</param>
/// <param name="TargetThrottledRatio">The same of the targets' control groups where those are others; null where they are not.</param>
public sealed record MachineStrain(double? StealRatio, double? PressureRatio, double? ThrottledRatio, double? TargetThrottledRatio)
{
    /// <summary>The share from which steal and throttling are worth a word.</summary>
    public const double NotableRatio = 0.01;

    // The load itself makes processes wait for each other: on two processors a third of the time at three quarters of the capacity.
    private const double NotablePressureRatio = 0.5;

    /// <summary>
    /// Gets what most likely made processes late: neighbors before the quota, and the quota before the target. Unknown where nothing
    /// says how long processes waited: neighbors cannot be ruled out then.
    /// </summary>
    [JsonIgnore]
    public StrainCause LikelyCause =>
        StealRatio > NotableRatio ? StrainCause.Neighbors
        : ThrottledRatio > NotableRatio || TargetThrottledRatio > NotableRatio ? StrainCause.Throttling
        : PressureRatio is null ? StrainCause.Unknown
        : PressureRatio > NotablePressureRatio ? StrainCause.Neighbors
        : StrainCause.Target;
}

/// <summary>Why processes were late.</summary>
public enum StrainCause
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Other users of the machine.</summary>
    Neighbors = 1,

    /// <summary>The CPU quota of a control group.</summary>
    Throttling = 2,

    /// <summary>The target or the load: nothing kept processes from running.</summary>
    Target = 3,
}
