namespace PerfLab.Statistics;

/// <summary>Measures of how far values lie apart.</summary>
public static class Spread
{
    /// <summary>The sample standard deviation, with n - 1 in the divisor.</summary>
    /// <param name="values">Finite values.</param>
    /// <returns>The deviation in the values' unit, or null below two values.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static double? StandardDeviation(IReadOnlyList<double> values)
    {
        Guard.Finite(values, nameof(values));
        if (values.Count < 2)
        {
            return null;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>
    /// The standard deviation that groups have in common, each about its own mean: the squares of all of them over the sum of
    /// their n - 1.
    /// </summary>
    /// <param name="groups">Groups of finite values.</param>
    /// <returns>The deviation in the values' unit with its degrees of freedom, or null when no group has two values.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static (double Deviation, int DegreesOfFreedom)? Pooled(IReadOnlyList<IReadOnlyList<double>> groups)
    {
        var (squares, degrees) = (0.0, 0);
        foreach (var group in groups)
        {
            if (StandardDeviation(group) is { } deviation)
            {
                squares += deviation * deviation * (group.Count - 1);
                degrees += group.Count - 1;
            }
        }

        return degrees == 0 ? null : (Math.Sqrt(squares / degrees), degrees);
    }
}
