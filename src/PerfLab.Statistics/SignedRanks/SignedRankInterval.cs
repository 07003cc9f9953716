using PerfLab.Statistics.Descriptions;

namespace PerfLab.Statistics.SignedRanks;

/// <summary>
/// The exact confidence interval that belongs to the signed-rank test: the k-th smallest and k-th largest Walsh average,
/// where k is the largest number with 2 P(W+ at most k - 1) at or below 1 - level (Tukey 1949; Hollander, Wolfe and
/// Chicken 2014, section 3.3). It assumes independent values symmetric about their centre. Its level is the exact one of
/// the distribution without ties, at least the level asked for; with ties the closed interval covers at least as often
/// (Noether 1967, Elements of Nonparametric Statistics).
/// </summary>
public static class SignedRankInterval
{
    /// <summary>Estimates the centre with its interval.</summary>
    /// <param name="values">Up to 1,000 finite values, one per independent replicate.</param>
    /// <param name="level">Confidence level asked for; 0.95 by default.</param>
    /// <returns>The Hodges-Lehmann estimate with the interval, or null when no interval of this level exists: below 6 values at 95 %.</returns>
    /// <exception cref="ArgumentException">A value is not finite, or there are too many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public static Estimate? Of(IReadOnlyList<double> values, double level = 0.95)
    {
        Demand.Probability(level, nameof(level));
        Demand.AtMost(values.Count, SignedRankDistribution.MaxCount, nameof(values));
        Demand.Finite(values, nameof(values));
        var distribution = SignedRankDistribution.Untied(values.Count);
        if (values.Count == 0 || distribution.LowerCriticalValue((1 - level) / 2) is not { } critical)
        {
            return null;
        }

        var averages = WalshAverages.Sorted(values);
        return new Estimate(
            Quantile.OfSorted(averages, 0.5),
            averages[critical],
            averages[^(critical + 1)],
            1 - (2 * distribution.AtMost(critical)),
            values.Count);
    }

    /// <summary>The smallest number of values for which a two-sided interval of this level exists: 6 at 95 %.</summary>
    /// <param name="level">Confidence level; above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public static int SmallestCount(double level = 0.95)
    {
        Demand.Probability(level, nameof(level));

        // The most extreme result has the two-sided probability 2 / 2^n.
        var count = 1;
        while (Math.ScaleB(2, -count) > (1 - level) * (1 + 1e-12))
        {
            count++;
        }

        return count;
    }
}
