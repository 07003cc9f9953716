using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>Draws durations by percentile, with a legend below; both axes are logarithmic: each further nine has the same room.</summary>
internal static class PercentilePlot
{
    private const float DataPixels = 270;
    private const float AxisPixels = 46;
    private const float LegendLinePixels = 20;
    private const float SymbolPixels = 30;

    private static readonly double[] Landmarks = [50, 75, 90, 95, 99, 99.9, 99.99, 99.999];
    private static readonly double[] FewLandmarks = [50, 90, 99, 99.9, 99.99, 99.999];

    /// <summary>Draws the curves.</summary>
    /// <param name="frame">The room.</param>
    /// <param name="title">What is seen.</param>
    /// <param name="curves">At least one.</param>
    /// <returns>The plot and its height in pixels.</returns>
    public static (Plot Plot, int HeightPixels) Draw(ChartFrame frame, string title, IReadOnlyList<PercentileCurve> curves)
    {
        var points = curves.SelectMany(curve => curve.Points).ToArray();
        var (low, high) = (points.Min(point => point.Seconds) / 1.15, points.Max(point => point.Seconds) * 1.15);
        var ticks = AxisTicks.Logarithmic(low, high, MetricUnit.Seconds);
        var left = ticks.Labels.Select(label => ChartFont.Measure(label, frame.TextPixels)).DefaultIfEmpty(0).Max() + (2 * ChartCanvas.Edge);
        var legend = LegendLayout.Arrange([.. curves.Select(curve => curve.Name)], SymbolPixels, frame.WidthPixels - left - ChartCanvas.Edge, frame.TextPixels);
        var bottom = AxisPixels + (legend.Lines * LegendLinePixels);
        var (plot, height) = ChartCanvas.Create(frame, title, left, 2 * ChartCanvas.Edge, bottom, DataPixels);
        var (start, end) = (X(points.Min(point => point.Percentile)), X(points.Max(point => point.Percentile)));
        plot.Axes.SetLimits(start - (0.02 * (end - start)), end + (0.02 * (end - start)), Math.Log10(low), Math.Log10(high));

        foreach (var position in ticks.Positions)
        {
            plot.Add.HorizontalLine(position, 1, ChartPalette.Grid.OnPaper);
        }

        plot.Axes.Left.SetTicks([.. ticks.Positions], [.. ticks.Labels]);
        var landmarks = (frame.IsNarrow ? FewLandmarks : Landmarks).Where(percentile => X(percentile) >= start - 1e-9 && X(percentile) <= end + 1e-9).ToArray();
        ChartCanvas.LabelBottom(plot, frame, new AxisTicks([.. landmarks.Select(X)], [.. landmarks.Select(DisplayText.Plain)]), "Percentile, %");
        foreach (var curve in curves)
        {
            DrawCurve(plot, curve);
        }

        plot.Axes.AddPanel(new LegendPanel([.. curves.Select(curve => curve.Key)], legend, left, height - (legend.Lines * LegendLinePixels), LegendLinePixels, frame.TextPixels));
        return (plot, height);
    }

    private static double X(double percentile) => -Math.Log10(1 - (percentile / 100));

    private static void DrawCurve(Plot plot, PercentileCurve curve)
    {
        var line = plot.Add.ScatterLine(
            curve.Points.Select(point => X(point.Percentile)).ToArray(),
            curve.Points.Select(point => Math.Log10(point.Seconds)).ToArray(),
            curve.Key.Color.OnPaper);
        line.LineWidth = curve.Key.LineWidth;
        if (curve.Key.Shape == MarkerShape.None)
        {
            return;
        }

        foreach (var point in curve.Points.Where(point => Landmarks.Contains(point.Percentile)))
        {
            plot.Add.Marker(X(point.Percentile), Math.Log10(point.Seconds), curve.Key.Shape, 6, curve.Key.Color.OnPaper);
        }
    }
}

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
