namespace PerfLab.Statistics;

/// <summary>
/// Finds where a series changes its distribution, not only its mean: the partition that minimises the sum of the empirical
/// likelihood costs of its segments plus a penalty for each change (Haynes, Fearnhead and Eckley 2017, Statistics and
/// Computing 27, 1293-1305: "ED-PELT"). The partition is found by plain dynamic programming over all ends;
/// their pruning would give the same one sooner and is not needed for the length of a history of runs. Values are assumed
/// independent within a segment. The history of nights is searched with it: it tells a lasting change from one bad night.
/// </summary>
public static class ChangePointDetector
{
    /// <summary>The longest series taken: five years of nights.</summary>
    public const int MaxCount = 2_000;

    // The paper leaves the penalty to the user. Five times log n is chosen by simulation: without any change fewer than 5 %
    // of series of 20 to 200 normal values get a change point (the tests repeat it); with four it is up to 12 %.
    private const double PenaltyPerLogCount = 5;

    /// <summary>Finds the change points.</summary>
    /// <param name="values">Finite values in time order, up to <see cref="MaxCount"/>.</param>
    /// <param name="shortestSegment">Least number of values between changes; at least 2, default 5.</param>
    /// <returns>The place, from 0, of the first value of each new segment, ascending; empty when nothing changed.</returns>
    /// <exception cref="ArgumentException">A value is not finite, or there are too many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The shortest segment is below 2.</exception>
    public static IReadOnlyList<int> Find(IReadOnlyList<double> values, int shortestSegment = 5)
    {
        Guard.Finite(values, nameof(values));
        Guard.AtMost(values.Count, MaxCount, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(shortestSegment, 2);
        if (values.Count < 2 * shortestSegment)
        {
            return [];
        }

        var previous = LastChanges(new EmpiricalCost(values), values.Count, shortestSegment, PenaltyPerLogCount * Math.Log(values.Count));
        var found = new List<int>();
        for (var start = previous[values.Count]; start > 0; start = previous[start])
        {
            found.Add(start);
        }

        found.Reverse();
        return found;
    }

    /// <summary>For every end of a prefix the start of its last segment in the best partition.</summary>
    private static int[] LastChanges(EmpiricalCost cost, int count, int shortest, double penalty)
    {
        var best = new double[count + 1];
        var previous = new int[count + 1];
        Array.Fill(best, double.PositiveInfinity);
        best[0] = -penalty;
        for (var end = shortest; end <= count; end++)
        {
            for (var start = 0; start <= end - shortest; start++)
            {
                var total = double.IsPositiveInfinity(best[start]) ? best[start] : best[start] + cost.Of(start, end) + penalty;
                if (total < best[end])
                {
                    best[end] = total;
                    previous[end] = start;
                }
            }
        }

        return previous;
    }
}

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
