using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Visibility;

/// <summary>What came of the window for one arm.</summary>
/// <param name="Observation">What was sent and kept.</param>
/// <param name="Record">What that means.</param>
internal sealed record SeenArm(ArmObservation Observation, VisibilityRecord Record);
