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
    IReadOnlyList<PercentilePoint> Spectrum)
{
    /// <summary>Gets how many values a percentile needs, so that it is not the largest of them: 100 for the 99th.</summary>
    /// <param name="percentile">From 0 to below 100.</param>
    public static long ValuesFor(double percentile) => (long)Math.Ceiling((100 / (100 - percentile)) - 1e-9);

    /// <summary>Says whether at least one value in as many lies beyond a percentile, so that it is not the largest of them.</summary>
    /// <param name="percentile">From 0 to 100; nothing lies beyond 100.</param>
    /// <param name="count">Values.</param>
    public static bool Tells(double percentile, long count) => count * (100 - percentile) >= 100 * (1 - 1e-9);
}

/// <summary>One point of a percentile spectrum.</summary>
/// <param name="Percentile">0 to 100.</param>
/// <param name="Seconds">Duration that this share of the values does not exceed.</param>
public sealed record PercentilePoint(double Percentile, double Seconds);
