using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.Results;

namespace PerfLab.Bench.Gates;

/// <summary>What the gate said of nights of which the truth is known, as <c>./run.sh bench gate</c> writes it.</summary>
public sealed record GateBenchRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when the nights were drawn, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the machine on which the run was made.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets what the nights are drawn from.</summary>
    public required DrawnRun Source { get; init; }

    /// <summary>Gets how many of its launch sets a night has; its second look has as many others.</summary>
    public required int LaunchSetsOfNight { get; init; }

    /// <summary>Gets how many nights were drawn for each head.</summary>
    public required int Nights { get; init; }

    /// <summary>Gets what the gate said of each head.</summary>
    public required IReadOnlyList<DrawnHead> Heads { get; init; }

    /// <summary>Gets the goals with what came of them; made from all of the above.</summary>
    public required IReadOnlyList<BenchGoal> Goals { get; init; }
}

/// <summary>The run that nights are drawn from.</summary>
/// <param name="RunId">Its name.</param>
/// <param name="LaunchSets">Its launch sets that count.</param>
public sealed record DrawnRun(string RunId, int LaunchSets);

/// <summary>A head that the nights compared with the baseline.</summary>
/// <param name="Arm">Its name in the run.</param>
/// <param name="IsPlanted">Whether a cost is planted into it; else it is the baseline once more.</param>
/// <param name="Metrics">What the gate said, metric by metric.</param>
public sealed record DrawnHead(string Arm, bool IsPlanted, IReadOnlyList<DrawnMetric> Metrics);

/// <summary>What the gate said of one metric of one head in all nights.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Threshold">The largest increase that does not matter, as a ratio.</param>
/// <param name="Change">The change over all launch sets of the run, as a ratio; null where it has no interval.</param>
/// <param name="Nights">The number of nights of each outcome.</param>
/// <param name="Blocked">The nights that the policy blocks because of it, be it for an increase or for want of an answer.</param>
public sealed record DrawnMetric(MetricId Metric, double Threshold, BenchInterval? Change, IReadOnlyDictionary<GateOutcome, int> Nights, int Blocked)
{
    /// <summary>Gets the nights in which an increase was found, and found again.</summary>
    public int Found => Nights.GetValueOrDefault(GateOutcome.Regressed);
}
