namespace PerfLab.Analysis.Thresholds;

/// <summary>What a run says of a threshold for one arm.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Measured">What was compared with the limit, in the limit's unit; null for counts and where there is none.</param>
/// <param name="Sentence">One sentence for a reader.</param>
public sealed record ArmThresholdResult(string Arm, ThresholdOutcome Outcome, Interval? Measured, string Sentence);
