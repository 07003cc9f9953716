namespace PerfLab.Statistics.Descriptions;

/// <summary>Measures of how far values lie apart.</summary>
public static class Spread
{
    /// <summary>The sample standard deviation, with n - 1 in the divisor.</summary>
    /// <param name="values">Finite values.</param>
    /// <returns>The deviation in the values' unit, or null below two values.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static double? StandardDeviation(IReadOnlyList<double> values)
    {
        Demand.Finite(values, nameof(values));
        if (values.Count < 2)
        {
            return null;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>The median distance from the median, not scaled to the normal distribution.</summary>
    /// <param name="values">At least one finite value.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static double MedianAbsoluteDeviation(IReadOnlyList<double> values)
    {
        var median = Quantile.Median(values);
        return Quantile.Median([.. values.Select(value => Math.Abs(value - median))]);
    }
}
