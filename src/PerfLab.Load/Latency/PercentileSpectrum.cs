using HdrHistogram;
using PerfLab.Experiments.Results;

namespace PerfLab.Load.Latency;

/// <summary>The percentiles at which a distribution is written down.</summary>
internal static class PercentileSpectrum
{
    /// <summary>Gets the percentiles, ascending: every 5 to 80, then five per halving of the distance to 100, and the usual names.</summary>
    public static IReadOnlyList<double> Percentiles { get; } = Create();

    /// <summary>Reads all percentiles in one pass.</summary>
    /// <param name="histogram">A histogram of nanoseconds that is not empty.</param>
    /// <param name="maxNanoseconds">The exact maximum; no percentile is above it.</param>
    public static IReadOnlyList<PercentilePoint> Read(HistogramBase histogram, long maxNanoseconds)
    {
        var points = new List<PercentilePoint>(Percentiles.Count);
        var total = histogram.TotalCount;
        long cumulated = 0;
        foreach (var bucket in histogram.RecordedValues())
        {
            cumulated += bucket.CountAddedInThisIterationStep;
            // HdrHistogram's convention: a percentile is the largest value of the bucket in which it falls.
            var nanoseconds = Math.Min(histogram.HighestEquivalentValue(bucket.ValueIteratedTo), maxNanoseconds);
            while (points.Count < Percentiles.Count && cumulated >= Rank(Percentiles[points.Count], total))
            {
                points.Add(new PercentilePoint(Percentiles[points.Count], nanoseconds / 1e9));
            }
        }

        return points;
    }

    // Nearest rank, at least the first value. The tiny subtraction keeps 99.9 % of 1,000 at 999 in spite of binary fractions.
    private static long Rank(double percentile, long total) =>
        Math.Max(1, (long)Math.Ceiling((percentile / 100 * total) - 1e-6));

    private static List<double> Create()
    {
        var percentiles = new SortedSet<double> { 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100 };
        for (var percentile = 0; percentile <= 75; percentile += 5)
        {
            percentiles.Add(percentile);
        }

        // From 80 on the distance to 100 halves every four points: 20, 16.8, 14.1, 11.9, 10, ... down to 0.01.
        for (var step = 0; step < 44; step++)
        {
            percentiles.Add(Math.Round(100 - (20 * Math.Pow(2, -step / 4.0)), 4));
        }

        return [.. percentiles];
    }
}
