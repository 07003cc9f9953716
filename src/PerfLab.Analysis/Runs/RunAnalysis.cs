using PerfLab.Analysis.Calibration;
using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Traces;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Runs;

/// <summary>What a run says: its raw results turned into comparisons, verdicts and findings. A pure function of the raw files, so it is not kept.</summary>
public sealed record RunAnalysis
{
    /// <summary>Gets where and with what the run was made.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Gets what was planned.</summary>
    public required Plan Plan { get; init; }

    /// <summary>Gets the trust in the run.</summary>
    public required RunTrust Trust { get; init; }

    /// <summary>Gets the number of launch sets that the numbers rest on.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the number of launch sets that were voided.</summary>
    public required int VoidedLaunchSets { get; init; }

    /// <summary>Gets a value indicating whether the run reached its plan.</summary>
    public required bool Completed { get; init; }

    /// <summary>Gets the arms in plan order.</summary>
    public required IReadOnlyList<ArmAnalysis> Arms { get; init; }

    /// <summary>Gets the arm that all others are compared with.</summary>
    public ArmAnalysis Baseline => Arms.Single(arm => arm.Role == ArmRole.Baseline);

    /// <summary>Gets what the run says at each of its loads, ascending; empty where it has one load.</summary>
    public IReadOnlyList<LoadLevelAnalysis> Levels { get; init; } = [];

    /// <summary>Gets what the run says in its closed loop; null where it has none. Nothing is decided by it.</summary>
    public ClosedLoopAnalysis? ClosedLoop { get; init; }

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

    /// <summary>Gets what a month of the stated traffic takes and costs; null where no traffic is stated.</summary>
    public RunMonth? Month { get; init; }

    /// <summary>Gets what the run recommends, and which arms another beats in everything; null only in analyses made by hand.</summary>
    public RunDecision? Decision { get; init; }
}
