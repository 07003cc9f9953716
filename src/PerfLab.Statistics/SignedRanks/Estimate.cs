namespace PerfLab.Statistics.SignedRanks;

/// <summary>A point estimate with its confidence interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower bound, itself part of the interval.</param>
/// <param name="High">Upper bound, itself part of the interval.</param>
/// <param name="ConfidenceLevel">The level that the exact distribution gives, at least the one asked for; 0 to 1.</param>
/// <param name="Count">Number of values that it rests on.</param>
public sealed record Estimate(double Value, double Low, double High, double ConfidenceLevel, int Count);
