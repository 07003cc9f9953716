using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Charts;

/// <summary>One distribution of durations in a chart.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Points">At least one, with percentiles below 100 in ascending order and durations above 0.</param>
/// <param name="Key">How it is told from others.</param>
internal sealed record PercentileCurve(string Name, IReadOnlyList<PercentilePoint> Points, LegendKey Key)
{
    /// <summary>Chooses the points of a spectrum that can be drawn.</summary>
    /// <param name="spectrum">Any points.</param>
    /// <param name="first">The smallest percentile.</param>
    /// <param name="last">The largest, below 100.</param>
    public static IReadOnlyList<PercentilePoint> Drawable(IReadOnlyList<PercentilePoint> spectrum, double first, double last) =>
        [.. spectrum.Where(point => point.Percentile >= first && point.Percentile <= last && point.Seconds > 0).OrderBy(point => point.Percentile)];
}
