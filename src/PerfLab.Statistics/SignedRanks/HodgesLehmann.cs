using PerfLab.Statistics.Descriptions;

namespace PerfLab.Statistics.SignedRanks;

/// <summary>
/// The one-sample Hodges-Lehmann estimate: the median of the Walsh averages. For symmetric data it estimates the centre
/// with 95.5 % of the mean's efficiency under the normal distribution and unharmed by 29 % of outliers
/// (Hodges and Lehmann 1963, Annals of Mathematical Statistics 34, 598-611).
/// </summary>
public static class HodgesLehmann
{
    /// <summary>Estimates the centre of the values.</summary>
    /// <param name="values">At least one finite value, in any order.</param>
    /// <exception cref="ArgumentException">There are no values, too many, or one is not finite.</exception>
    public static double Centre(IReadOnlyList<double> values)
    {
        Demand.NotEmpty(values, nameof(values));
        return Quantile.OfSorted(WalshAverages.Sorted(values), 0.5);
    }
}
