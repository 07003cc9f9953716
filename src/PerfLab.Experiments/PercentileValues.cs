namespace PerfLab.Experiments;

/// <summary>How many values a percentile needs: of fewer it is the largest of them, a number about one request.</summary>
public static class PercentileValues
{
    // 100 / (100 - 99.9) and its inverse are no whole numbers in binary fractions.
    private const double Rounding = 1e-9;

    /// <summary>Gets how many values a percentile needs: 100 for the 99th.</summary>
    /// <param name="percentile">From 0 to below 100.</param>
    public static long NeededFor(double percentile) => (long)Math.Ceiling((100 / (100 - percentile)) - Rounding);

    /// <summary>Says whether there are enough values for a percentile.</summary>
    /// <param name="percentile">From 0 to 100, for which there are never enough.</param>
    /// <param name="count">Values.</param>
    public static bool Suffice(double percentile, long count) => count * (100 - percentile) >= 100 * (1 - Rounding);
}
