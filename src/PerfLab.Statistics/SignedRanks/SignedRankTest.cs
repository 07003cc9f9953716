namespace PerfLab.Statistics.SignedRanks;

/// <summary>
/// The exact Wilcoxon signed-rank test (Wilcoxon 1945, Biometrics Bulletin 1, 80-83). It assumes that the values are
/// independent and, under the null hypothesis, symmetric about the null value; differences of two equally distributed
/// measurements are. Ties keep the exact permutation distribution over midranks; zeros follow Pratt 1959.
/// </summary>
public static class SignedRankTest
{
    /// <summary>Tests whether the centre of the values is the null value.</summary>
    /// <param name="values">Up to 1,000 finite values, one per independent replicate.</param>
    /// <param name="nullValue">The centre under the null hypothesis; a practical threshold instead of 0 asks for more than any change.</param>
    /// <param name="alternative">What to look for.</param>
    /// <returns>The statistic and its exact p-value; 1 when there are no values or all equal the null value.</returns>
    /// <exception cref="ArgumentException">A value or the null value is not finite, or there are too many values.</exception>
    public static SignedRankResult Test(
        IReadOnlyList<double> values,
        double nullValue = 0,
        Alternative alternative = Alternative.TwoSided)
    {
        Demand.Finite(values, nameof(values));
        Demand.Finite([nullValue], nameof(nullValue));
        Demand.AtMost(values.Count, SignedRankDistribution.MaxCount, nameof(values));
        var ranking = SignedRanking.Of(values, nullValue);
        var distribution = SignedRankDistribution.Of(ranking.DoubledRanks);
        var above = distribution.AtLeast(ranking.DoubledPositiveSum);
        var below = distribution.AtMost(ranking.DoubledPositiveSum);
        var p = alternative switch
        {
            Alternative.TwoSided => Math.Min(1, 2 * Math.Min(above, below)),
            Alternative.Greater => above,
            Alternative.Less => below,
            _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "No such alternative."),
        };
        return new SignedRankResult(ranking.DoubledPositiveSum / 2.0, p, values.Count, ranking.ZeroCount);
    }
}
