namespace PerfLab.Statistics.SignedRanks;

/// <summary>
/// The n(n+1)/2 averages (x[i] + x[j]) / 2 with i at most j. Their median is the Hodges-Lehmann estimate and their order
/// statistics bound the signed-rank interval (Tukey 1949; Hollander, Wolfe and Chicken 2014, Nonparametric Statistical
/// Methods, 3rd edition, sections 3.2 and 3.3).
/// </summary>
public static class WalshAverages
{
    /// <summary>The largest sample for which all averages are held in memory: 5,000 values make 100 MB.</summary>
    public const int MaxCount = 5_000;

    /// <summary>Computes the averages in ascending order.</summary>
    /// <param name="values">Finite values in any order; may be empty.</param>
    /// <exception cref="ArgumentException">A value is not finite, or there are more than <see cref="MaxCount"/>.</exception>
    public static double[] Sorted(IReadOnlyList<double> values)
    {
        Demand.Finite(values, nameof(values));
        Demand.AtMost(values.Count, MaxCount, nameof(values));
        var averages = new double[values.Count * (values.Count + 1) / 2];
        var next = 0;
        for (var i = 0; i < values.Count; i++)
        {
            for (var j = i; j < values.Count; j++)
            {
                // Halved before added: the sum of two large values must not overflow.
                averages[next++] = (values[i] / 2) + (values[j] / 2);
            }
        }

        Array.Sort(averages);
        return averages;
    }
}
