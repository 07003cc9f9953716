using PerfLab.Experiments.Thresholds.Measured;

namespace PerfLab.Experiments.Results.LoadTests;

/// <summary>A threshold as it was given, with what came of it.</summary>
/// <param name="Threshold">The condition.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Value">The measured value in the unit of the limit (seconds, a ratio, a count, or per second); null when not measured.</param>
/// <param name="Sentence">One sentence for a reader.</param>
public sealed record LoadTestThreshold(string Threshold, LoadThresholdOutcome Outcome, double? Value, string Sentence);
