namespace PerfLab.Statistics.Tests.SignedRanks;

/// <summary>
/// How often the 95 % interval holds the true centre, counted. By theory 96.9 % at n = 6 (62/64: the nearest level that
/// exists), 95.1 % at n = 10 and 95.2 % at n = 20. The number of repetitions puts the counting error (one standard
/// deviation: sqrt(0.03 * 0.97 / 200,000) = 0.04 %) well inside the limits of 93 and 97 %.
/// </summary>
public class CoverageSimulations
{
    private const int SeedNormal = 20_261_101;
    private const int SeedSkewedPairs = 20_261_102;
    private const int SeedOutliers = 20_261_103;
    private const int SeedSkewedDifferences = 20_261_104;

    [Theory]
    [InlineData(6, 200_000)]
    [InlineData(10, 40_000)]
    [InlineData(20, 20_000)]
    public void Normal_differences_are_covered(int count, int repetitions)
    {
        var draws = new Draws(SeedNormal);
        AssertCovers(0, count, repetitions, draws.Normal);
    }

    [Theory]
    [InlineData(6, 200_000)]
    [InlineData(10, 40_000)]
    [InlineData(20, 20_000)]
    public void Differences_of_skewed_measurements_are_covered(int count, int repetitions)
    {
        var draws = new Draws(SeedSkewedPairs);
        AssertCovers(0, count, repetitions, () => draws.Skewed() - draws.Skewed());
    }

    [Theory]
    [InlineData(6, 200_000)]
    [InlineData(10, 40_000)]
    [InlineData(20, 20_000)]
    public void Outlier_ridden_differences_are_covered(int count, int repetitions)
    {
        var draws = new Draws(SeedOutliers);
        AssertCovers(0, count, repetitions, draws.OutlierRidden);
    }

    /// <summary>
    /// Beyond the assumption: differences that are themselves skewed (exponential). The interval is then about the
    /// pseudo-median, the median of (X1 + X2) / 2: that of a gamma distribution of shape 2, 1.678347, halved.
    /// </summary>
    [Theory]
    [InlineData(6, 100_000)]
    [InlineData(10, 40_000)]
    [InlineData(20, 20_000)]
    public void Skewed_differences_are_covered_about_their_pseudo_median(int count, int repetitions)
    {
        var draws = new Draws(SeedSkewedDifferences);
        AssertCovers(1.678347 / 2, count, repetitions, draws.Exponential);
    }

    private static void AssertCovers(double centre, int count, int repetitions, Func<double> draw)
    {
        var covered = 0;
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            var estimate = SignedRankInterval.Of(Draws.Many(count, draw))!;
            covered += estimate.Low <= centre && centre <= estimate.High ? 1 : 0;
        }

        Assert.InRange((double)covered / repetitions, 0.93, 0.97);
    }
}
