namespace PerfLab.Load;

/// <summary>How a load fared against a threshold.</summary>
/// <param name="Threshold">The condition as it was written.</param>
/// <param name="Measured">What was measured (durations in seconds, shares as ratios), or null when nothing was.</param>
/// <param name="Passed">Whether it holds; never without a measurement.</param>
public sealed record ThresholdOutcome(string Threshold, double? Measured, bool Passed);
