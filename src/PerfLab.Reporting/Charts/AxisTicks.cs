using PerfLab.Experiments.Metrics;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Charts;

/// <summary>Where an axis has ticks and what stands there.</summary>
/// <param name="Positions">Places in the axis's coordinates.</param>
/// <param name="Labels">One for each.</param>
internal sealed record AxisTicks(IReadOnlyList<double> Positions, IReadOnlyList<string> Labels)
{
    // 1, 2 and 5 and their powers of ten are what a reader can divide by in the head.
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>Puts round ticks on a linear axis.</summary>
    /// <param name="low">Left end.</param>
    /// <param name="high">Right end.</param>
    /// <param name="count">About how many.</param>
    /// <param name="unit">The unit of the values.</param>
    public static AxisTicks Linear(double low, double high, int count, MetricUnit unit)
    {
        var rough = (high - low) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * Steps.First(factor => factor * power >= rough * 0.999);
        var first = (long)Math.Ceiling((low / step) - 1e-9);
        var last = (long)Math.Floor((high / step) + 1e-9);
        var positions = Enumerable.Range(0, (int)(last - first + 1)).Select(index => (first + index) * step).ToArray();
        return new AxisTicks(positions, [.. positions.Select(position => ColumnScale.Tick(unit, position))]);
    }

    /// <summary>Puts 1, 2, 5, 10, ... on an axis that shows log10 of the values.</summary>
    /// <param name="low">Smallest value, above 0.</param>
    /// <param name="high">Largest value.</param>
    /// <param name="unit">The unit of the values.</param>
    public static AxisTicks Logarithmic(double low, double high, MetricUnit unit)
    {
        var values = Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
            .SelectMany(power => Steps[..3].Select(factor => factor * Math.Pow(10, power)))
            .Where(value => value >= low * 0.999 && value <= high * 1.001)
            .ToArray();
        return new AxisTicks([.. values.Select(Math.Log10)], [.. values.Select(value => ColumnScale.Tick(unit, value))]);
    }
}
