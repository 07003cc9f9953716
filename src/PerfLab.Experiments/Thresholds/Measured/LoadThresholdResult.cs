namespace PerfLab.Experiments.Thresholds.Measured;

/// <summary>A threshold of a load test with what came of it.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Value">The measured value in the unit of the threshold's limit; null when not measured.</param>
/// <param name="Sentence">One sentence for a reader.</param>
public sealed record LoadThresholdResult(Threshold Threshold, LoadThresholdOutcome Outcome, double? Value, string Sentence);
