using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Visibility;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Summaries;

/// <summary>
/// The content of <c>summary.json</c>: the answer of a run for programs. Its fields are described in
/// <c>docs/summary-json.md</c>; a field is never renamed or removed within a version.
/// </summary>
public sealed record Summary
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

    /// <summary>Gets the trust in the run with its reasons.</summary>
    public required Trust Trust { get; init; }

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

    /// <summary>Gets the name of the arm that all others are compared with.</summary>
    public required string BaselineArm { get; init; }

    /// <summary>Gets the arms in plan order.</summary>
    public required IReadOnlyList<ArmSummary> Arms { get; init; }

    /// <summary>Gets what the run says of its thresholds; without any, there is no result and no outcome.</summary>
    public required RunThresholds Thresholds { get; init; }

    /// <summary>Gets what is known of the noise of the machine.</summary>
    public required MachineNoise MachineNoise { get; init; }

    /// <summary>Gets what the arms let one see; null where the scenario did not ask.</summary>
    public required RunVisibility? Visibility { get; init; }

    /// <summary>Makes the summary of an analysis.</summary>
    /// <param name="analysis">An analysis with exactly one baseline.</param>
    public static Summary From(RunAnalysis analysis)
    {
        var baseline = analysis.Arms.Single(arm => arm.Role == ArmRole.Baseline);
        return new Summary
        {
            FormatVersion = CurrentFormatVersion,
            RunId = analysis.RunId,
            Scenario = analysis.Scenario,
            Question = analysis.Question,
            Trust = analysis.Trust,
            LaunchSets = analysis.LaunchSets,
            PlannedLaunchSets = analysis.PlannedLaunchSets,
            VoidedLaunchSets = analysis.VoidedLaunchSets,
            Completed = analysis.Completed,
            ConfidenceLevel = analysis.ConfidenceLevel,
            BaselineArm = baseline.Name,
            Arms = [.. analysis.Arms.Select(ArmSummary.From)],
            Thresholds = analysis.Thresholds,
            MachineNoise = analysis.MachineNoise,
            Visibility = analysis.Visibility,
        };
    }
}
