using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Results;

/// <summary>
/// How far identical arms differ on a machine, and how often that is taken for a difference: what <c>./run.sh noise</c> leaves
/// for later reports.
/// </summary>
public sealed record NoiseProfile
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets the run that it was made from.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets when that run began.</summary>
    public required DateTimeOffset MeasuredUtc { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the scenario whose baseline was measured again and again.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the runtime knobs of the targets.</summary>
    public required RuntimeProfile Runtime { get; init; }

    /// <summary>Gets the number of identical arms in each launch set.</summary>
    public required int Arms { get; init; }

    /// <summary>Gets the number of launch sets that counted.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the number of launch sets of each comparison.</summary>
    public required int ComparisonLaunchSets { get; init; }

    /// <summary>Gets the number of comparisons: pairs of arms without an arm in common, times blocks of launch sets without one in common.</summary>
    public required int Comparisons { get; init; }

    /// <summary>Gets the share of false alarms that the exact interval of this many launch sets allows.</summary>
    public required double AllowedFalseAlarmRatio { get; init; }

    /// <summary>Gets the metrics that are compared by ratio, in the catalogue's order.</summary>
    public required IReadOnlyList<MetricNoise> Metrics { get; init; }
}

/// <summary>What comparisons of identical arms showed for one metric.</summary>
public sealed record MetricNoise
{
    /// <summary>Gets the metric.</summary>
    public required MetricId Metric { get; init; }

    /// <summary>Gets the number of comparisons that have an interval.</summary>
    public required int Comparisons { get; init; }

    /// <summary>Gets how many of them have an interval without zero, which is wrong.</summary>
    public required int FalseAlarms { get; init; }

    /// <summary>Gets the lower bound of the probability of such an alarm, from the exact 95 % binomial interval; null without comparisons.</summary>
    public required double? FalseAlarmRatioLow { get; init; }

    /// <summary>Gets the upper bound.</summary>
    public required double? FalseAlarmRatioHigh { get; init; }

    /// <summary>Gets how many of them would have been judged Slower or Faster: an interval beyond the practical threshold.</summary>
    public required int BeyondThreshold { get; init; }

    /// <summary>Gets the practical threshold as a ratio.</summary>
    public required double PracticalThreshold { get; init; }

    /// <summary>Gets the standard deviation of the log ratio of two identical arms from one launch set to the next; null where not measured.</summary>
    public required double? SpreadRatio { get; init; }

    /// <summary>Gets the degrees of freedom behind it; 0 where not measured.</summary>
    public required int SpreadDegreesOfFreedom { get; init; }

    /// <summary>Gets why comparisons are missing; null where none is, and in profiles that say it in words.</summary>
    public MissingMeasurement? Missing { get; init; }

    /// <summary>Gets the same in words, as profiles of earlier versions hold it.</summary>
    public string? NotMeasuredBecause { get; init; }
}

/// <summary>The noise profiles of the machine on which a folder of results lies: one for each runtime profile, the latest.</summary>
/// <param name="ResultsRoot">The folder of all runs.</param>
public sealed record NoiseProfileStore(string ResultsRoot)
{
    /// <summary>Gets the folder of the profiles, below that of the runs.</summary>
    public string Folder => Path.Combine(ResultsRoot, "noise");

    /// <summary>Gets the latest profile, or null when none was made.</summary>
    /// <param name="runtime">The runtime knobs of the targets: they change the noise.</param>
    /// <exception cref="InvalidDataException">The file is of another version or not of this shape.</exception>
    public NoiseProfile? Find(RuntimeProfile runtime) => File.Exists(FileOf(runtime)) ? Read(FileOf(runtime)) : null;

    /// <summary>Keeps a profile for later runs.</summary>
    public void Save(NoiseProfile profile)
    {
        Directory.CreateDirectory(Folder);
        AtomicJsonFile.Write(FileOf(profile.Runtime), profile);
    }

    internal static NoiseProfile Read(string path) => AtomicJsonFile.Read<NoiseProfile>(path, NoiseProfile.CurrentFormatVersion);

    private string FileOf(RuntimeProfile runtime) => Path.Combine(Folder, RuntimeKnobs.NameOf(runtime) + ".json");
}
