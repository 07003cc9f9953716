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
