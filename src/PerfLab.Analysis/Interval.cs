namespace PerfLab.Analysis;

/// <summary>A point estimate with its confidence interval.</summary>
/// <param name="Estimate">Hodges-Lehmann estimate over launch sets.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
/// <param name="ConfidenceLevel">Coverage that the exact method guarantees for this sample size, at least the level asked for.</param>
public sealed record Interval(double Estimate, double Low, double High, double ConfidenceLevel);
