using PerfLab.Analysis.Calibration;
using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Traces;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Runs;

/// <summary>The content of <c>analysis.json</c>: everything that reports and gates read.</summary>
public sealed record RunAnalysis
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets the run's name.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the scenario's question.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the trust in the run.</summary>
    public required RunTrust Trust { get; init; }

    /// <summary>Gets the number of launch sets that the numbers rest on.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the number of launch sets that the plan wanted.</summary>
    public required int PlannedLaunchSets { get; init; }

    /// <summary>Gets the number of launch sets that were voided.</summary>
    public required int VoidedLaunchSets { get; init; }

    /// <summary>Gets a value indicating whether the run reached its plan.</summary>
    public required bool Completed { get; init; }

    /// <summary>Gets the confidence level asked for; 0.95.</summary>
    public required double ConfidenceLevel { get; init; }

    /// <summary>Gets the arms in plan order.</summary>
    public required IReadOnlyList<ArmAnalysis> Arms { get; init; }

    /// <summary>Gets findings about the run, and those of its launch sets gathered by code.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Gets what the run says of its thresholds; without any, there is no result and no outcome.</summary>
    public required RunThresholds Thresholds { get; init; }

    /// <summary>Gets what is known of the noise of the machine, from a profile that was there when the run began.</summary>
    public required MachineNoise MachineNoise { get; init; }

    /// <summary>Gets the noise profile that this very run makes; null unless all of its arms are the same.</summary>
    public required NoiseProfile? MeasuredNoise { get; init; }

    /// <summary>Gets what this very run says of its own measuring, by arms with known costs; empty unless it has such arms.</summary>
    public required IReadOnlyList<CalibrationSeries> Calibration { get; init; }

    /// <summary>Gets what the arms let one see; null where the scenario did not ask.</summary>
    public RunTraceRetention? Visibility { get; init; }
}
