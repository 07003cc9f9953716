namespace PerfLab.Experiments.Results;

/// <summary>Where and with what a run was made: the content of <c>manifest.json</c>.</summary>
public sealed record Manifest
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets the run's name: UTC time, scenario, short id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets when the run began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Gets PerfLab's version.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Gets the commit of the checkout; null outside one.</summary>
    public required string? Commit { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the environment variables that every target got as runtime knobs.</summary>
    public required IReadOnlyDictionary<string, string> RuntimeKnobs { get; init; }

    /// <summary>Gets how the environment of the targets differs from that of the shell in which PerfLab was started; empty in runs that did not note it.</summary>
    public IReadOnlyList<EnvironmentChange> EnvironmentChanges { get; init; } = [];

    /// <summary>Gets where the processes of the target ran; empty in runs that did not note it.</summary>
    public IReadOnlyList<ProcessFolder> WorkingFolders { get; init; } = [];

    /// <summary>Gets what the machine has less of than the run wants; empty also in runs that did not look.</summary>
    public IReadOnlyList<ScarceResource> Scarce { get; init; } = [];

    /// <summary>Gets what this platform could not give, one sentence each.</summary>
    public required IReadOnlyList<string> NotMeasured { get; init; }
}

/// <summary>Something of which a machine has less than a run wants, though a run is possible.</summary>
/// <param name="Kind">What.</param>
/// <param name="Wanted">Processors, or bytes, that the run wants.</param>
/// <param name="Available">What there is.</param>
public sealed record ScarceResource(ScarceResourceKind Kind, double Wanted, double Available);

/// <summary>What a machine may have too little of.</summary>
public enum ScarceResourceKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Processors that may be used: targets and load generator want one each.</summary>
    Processors = 1,

    /// <summary>CPU time, in processors, that the quota of the control group allows; wanted are those that may be used.</summary>
    CpuQuota = 2,

    /// <summary>Memory in bytes, with a guess of what a process needs.</summary>
    Memory = 3,
}

/// <summary>What PerfLab does with variables of the shell, beside those that the scenario sets.</summary>
/// <param name="Kind">What.</param>
/// <param name="Rule">A name, or the beginning of names and an asterisk.</param>
/// <param name="Names">The variables that the rule met.</param>
public sealed record EnvironmentChange(EnvironmentChangeKind Kind, string Rule, IReadOnlyList<string> Names);

/// <summary>What became of a variable.</summary>
public enum EnvironmentChangeKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Targets do not inherit it.</summary>
    Removed = 1,

    /// <summary>PerfLab sets it.</summary>
    Set = 2,

    /// <summary>Targets inherit it, and it changes how a runtime works.</summary>
    Kept = 3,
}

/// <summary>The working folder of a process.</summary>
/// <param name="Process">Its name.</param>
/// <param name="Folder">The folder; <c>{targets}</c> and <c>{root}</c> stand for the folders of PerfLab.</param>
public sealed record ProcessFolder(string Process, string Folder)
{
    /// <summary>Gets the arm whose process runs there because it starts another program; null where that is the folder of all other arms.</summary>
    public string? Arm { get; init; }
}

/// <summary>How a run ended: the content of <c>outcome.json</c>, written last; a run without it was interrupted.</summary>
/// <param name="FormatVersion">Version of the format.</param>
/// <param name="Completed">Whether the planned number of valid launch sets was reached, or everything was decided before.</param>
/// <param name="ValidLaunchSets">Launch sets that count.</param>
/// <param name="VoidedLaunchSets">Launch sets that were voided or failed.</param>
/// <param name="Reason">Why it ended before its plan; null when completed.</param>
/// <param name="DurationSeconds">Wall-clock time of the run.</param>
public sealed record RunOutcome(
    int FormatVersion,
    bool Completed,
    int ValidLaunchSets,
    int VoidedLaunchSets,
    string? Reason,
    double DurationSeconds)
{
    /// <summary>Gets how many launch sets counted each time the run was resumed; null where it ran in one go.</summary>
    public IReadOnlyList<int>? ResumedAfterLaunchSets { get; init; }

    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;
}
