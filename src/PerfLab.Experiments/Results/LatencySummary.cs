namespace PerfLab.Experiments.Results;

/// <summary>A distribution of durations; the full histogram lies beside it as an HdrHistogram log.</summary>
/// <param name="Count">Recorded values.</param>
/// <param name="MeanSeconds">Mean.</param>
/// <param name="MaxSeconds">Largest.</param>
/// <param name="Spectrum">Percentiles in ascending order; 50, 75, 90, 95, 99 and 99.9 are always among them.</param>
public sealed record LatencySummary(
    long Count,
    double MeanSeconds,
    double MaxSeconds,
    IReadOnlyList<PercentilePoint> Spectrum);

/// <summary>One point of a percentile spectrum.</summary>
/// <param name="Percentile">0 to 100.</param>
/// <param name="Seconds">Duration that this share of the values does not exceed.</param>
public sealed record PercentilePoint(double Percentile, double Seconds);
