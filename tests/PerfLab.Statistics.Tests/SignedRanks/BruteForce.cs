namespace PerfLab.Statistics.Tests.SignedRanks;

/// <summary>The signed-rank test by trying all sign patterns: slow, and independent of the tables under test.</summary>
internal static class BruteForce
{
    /// <summary>P(W+ at or above the observed) and P(at or below), over all patterns of signs of the non-zero values.</summary>
    internal static (double Above, double Below) Tails(double[] values)
    {
        // Midrank: one more than the number of smaller magnitudes, plus half of the others that are equal. Zeros are ranked too.
        double Rank(double value) =>
            1 + values.Count(other => Math.Abs(other) < Math.Abs(value))
            + ((values.Count(other => Math.Abs(other) == Math.Abs(value)) - 1) / 2.0);
        var ranks = values.Where(value => value != 0).Select(Rank).ToArray();
        var observed = values.Where(value => value > 0).Sum(Rank);
        var patterns = 1 << ranks.Length;
        int above = 0, below = 0;
        for (var pattern = 0; pattern < patterns; pattern++)
        {
            var sum = ranks.Where((_, i) => ((pattern >> i) & 1) == 1).Sum();
            above += sum >= observed ? 1 : 0;
            below += sum <= observed ? 1 : 0;
        }

        return ((double)above / patterns, (double)below / patterns);
    }
}
