namespace PerfLab.Statistics;

/// <summary>
/// Sample quantiles by linear interpolation between order statistics: type 7 of Hyndman and Fan 1996, The American
/// Statistician 50, 361-365; the default of R's <c>quantile</c>. For a probability p and n values the position is (n - 1) p.
/// </summary>
public static class Quantile
{
    /// <summary>Computes a quantile.</summary>
    /// <param name="values">At least one finite value, in any order.</param>
    /// <param name="probability">0 (the least) to 1 (the greatest).</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability lies outside 0 to 1.</exception>
    public static double Of(IReadOnlyList<double> values, double probability)
    {
        Guard.NotEmpty(values, nameof(values));
        Guard.Finite(values, nameof(values));
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return OfSorted(sorted, probability);
    }

    /// <summary>Computes the median: the middle value, or the mean of the two in the middle.</summary>
    /// <param name="values">At least one finite value, in any order.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static double Median(IReadOnlyList<double> values) => Of(values, 0.5);

    internal static double OfSorted(double[] sorted, double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Must lie between 0 and 1; 0.99 is the 99th percentile.");
        }

        var position = (sorted.Length - 1) * probability;
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
