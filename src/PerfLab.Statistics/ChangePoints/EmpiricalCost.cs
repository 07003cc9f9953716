using PerfLab.Statistics.Descriptions;

namespace PerfLab.Statistics.ChangePoints;

/// <summary>
/// Minus twice the log likelihood of a segment under its own empirical distribution, at K quantiles of the whole series that
/// lie closer together in the tails (Haynes, Fearnhead and Eckley 2017, section 3). Small where the segment is uniform.
/// </summary>
internal sealed class EmpiricalCost
{
    // Doubled counts, so that a value equal to a quantile counts half: for quantile k the first i values have
    // _atOrBelow[k][i] / 2 at or below it.
    private readonly int[][] _atOrBelow;
    private readonly double _weight;

    internal EmpiricalCost(IReadOnlyList<double> values)
    {
        // K = 4 log n is the paper's recommendation.
        var quantiles = Math.Min(values.Count, (int)Math.Ceiling(4 * Math.Log(values.Count)));
        var c = Math.Log((2 * values.Count) - 1);
        double[] sorted = [.. values];
        Array.Sort(sorted);
        _weight = 2 * c / quantiles;
        _atOrBelow =
        [
            .. Enumerable.Range(1, quantiles)
                .Select(k => 1 / (1 + (((2 * values.Count) - 1) * Math.Exp(-c / quantiles * ((2 * k) - 1)))))
                .Select(probability => Counts(values, Quantile.OfSorted(sorted, probability))),
        ];
    }

    /// <summary>The cost of the values from <paramref name="start"/> up to but not including <paramref name="end"/>.</summary>
    internal double Of(int start, int end)
    {
        double length = end - start, sum = 0;
        foreach (var counts in _atOrBelow)
        {
            var share = (counts[end] - counts[start]) / (2 * length);
            if (share is > 0 and < 1)
            {
                sum += (share * Math.Log(share)) + ((1 - share) * Math.Log(1 - share));
            }
        }

        return -_weight * length * sum;
    }

    private static int[] Counts(IReadOnlyList<double> values, double quantile)
    {
        var counts = new int[values.Count + 1];
        for (var i = 0; i < values.Count; i++)
        {
            counts[i + 1] = counts[i] + (values[i] < quantile ? 2 : values[i] == quantile ? 1 : 0);
        }

        return counts;
    }
}
