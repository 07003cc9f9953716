namespace PerfLab.Statistics;

/// <summary>
/// Names values further than 1.5 interquartile ranges outside the quartiles (Tukey 1977, Exploratory Data Analysis,
/// chapter 2; quartiles as type 7 quantiles). Of normal data about 0.7 % lie outside, in small samples more.
/// </summary>
public static class TukeyFences
{
    /// <summary>Below this number quartiles say next to nothing, and no outlier is named.</summary>
    public const int SmallestCount = 5;

    /// <summary>Lists the outliers by their place.</summary>
    /// <param name="values">Finite values in any order.</param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static IReadOnlyList<Outlier> Outside(IReadOnlyList<double> values)
    {
        Guard.Finite(values, nameof(values));
        if (values.Count < SmallestCount)
        {
            return [];
        }

        var lower = Quantile.Of(values, 0.25);
        var upper = Quantile.Of(values, 0.75);
        var range = upper - lower;
        return
        [
            .. values
                .Select((value, index) => (value, index, distance: Math.Max(lower - value, value - upper)))
                .Where(point => point.distance > 1.5 * range)
                .Select(point => new Outlier(point.index, point.value)),
        ];
    }
}

/// <summary>A value outside Tukey's fences. It is named, never removed.</summary>
/// <param name="Index">Its place in the values given, from 0.</param>
/// <param name="Value">The value.</param>
public sealed record Outlier(int Index, double Value);
