namespace PerfLab.Experiments.Results;

/// <summary>One point of a percentile spectrum.</summary>
/// <param name="Percentile">0 to 100.</param>
/// <param name="Seconds">Duration that this share of the values does not exceed.</param>
public sealed record PercentilePoint(double Percentile, double Seconds);
