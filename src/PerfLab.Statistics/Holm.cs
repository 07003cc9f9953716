namespace PerfLab.Statistics;

/// <summary>
/// Holm's step-down adjustment: rejecting where the adjusted value is below alpha keeps the chance of any false rejection
/// in the family at or below alpha, whatever the dependence (Holm 1979, Scandinavian Journal of Statistics 6, 65-70).
/// </summary>
public static class Holm
{
    /// <summary>Adjusts p-values: the r-th smallest of m is multiplied by m - r + 1, made monotone, and capped at 1.</summary>
    /// <param name="pValues">P-values of one family, each from 0 to 1, in any order; may be empty.</param>
    /// <returns>Adjusted p-values in the order given.</returns>
    /// <exception cref="ArgumentException">A p-value lies outside 0 to 1.</exception>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues) => Adjust(pValues, left => left);

    /// <summary>Adjusts p-values by factors of one's own: those of a sequential design are larger than the number of hypotheses left.</summary>
    /// <param name="pValues">P-values of one family, each from 0 to 1, in any order; may be empty.</param>
    /// <param name="factor">What a p-value is multiplied by, from the number of hypotheses left: from the whole family down to 1.</param>
    /// <returns>Adjusted p-values in the order given.</returns>
    /// <exception cref="ArgumentException">A p-value lies outside 0 to 1.</exception>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues, Func<int, double> factor)
    {
        if (pValues.Any(p => !(p >= 0 && p <= 1)))
        {
            throw new ArgumentException("A p-value lies outside 0 to 1. Leave out what was not tested.", nameof(pValues));
        }

        var adjusted = new double[pValues.Count];
        var reached = 0.0;
        var left = pValues.Count;
        foreach (var index in Enumerable.Range(0, pValues.Count).OrderBy(index => pValues[index]))
        {
            reached = Math.Max(reached, Math.Min(1, pValues[index] * factor(left)));
            adjusted[index] = reached;
            left--;
        }

        return adjusted;
    }

    /// <summary>
    /// The smallest number of values per comparison with which every one of several exact two-sided signed-rank tests can
    /// be significant after this adjustment: the most extreme result, 2 / 2^n, times the number of comparisons must not exceed alpha.
    /// </summary>
    /// <param name="comparisons">Size of the family, at least 1.</param>
    /// <param name="alpha">Error rate of the family; 0.05 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1, or alpha does not lie between 0 and 1.</exception>
    public static int SmallestSignedRankCount(int comparisons, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        Guard.Probability(alpha, nameof(alpha));
        return SignedRankInterval.SmallestCount(1 - (alpha / comparisons));
    }
}
