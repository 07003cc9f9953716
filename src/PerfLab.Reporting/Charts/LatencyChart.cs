using PerfLab.Analysis;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Formatting;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>Response time by percentile, one curve for each arm; the axis gives every further nine the same room.</summary>
internal sealed class LatencyChart : IChart
{
    private const float DataPixels = 270;
    private const float AxisPixels = 46;
    private const float LegendLinePixels = 20;
    private const float SymbolPixels = 30;

    // Below the median nothing is at stake; beyond p99.9 a launch set of ordinary length has single requests only.
    private const double FirstPercentile = 50;
    private const double LastPercentile = 99.9;

    private static readonly double[] Landmarks = [50, 75, 90, 95, 99, 99.9];
    private static readonly double[] FewLandmarks = [50, 90, 99, 99.9];

    // Five shapes and eight colours meet again only after forty variants. No dashes: the SVG device cannot draw them.
    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];

    private readonly IReadOnlyList<Curve> _curves;
    private readonly string _caveat;

    /// <summary>Makes the chart from the arms that have a curve; at least one must.</summary>
    public LatencyChart(string stem, string caveat, IReadOnlyList<ArmAnalysis> arms)
    {
        _caveat = caveat;
        Stem = stem;
        var variant = 0;
        _curves = [.. arms.Select(arm => Style(arm, arm.Role == ArmRole.Variant ? variant++ : 0)).Where(curve => curve.Points.Count > 0)];
    }

    public string Stem { get; }

    public string Title => _caveat + (At(99) is { Count: > 0 } p99
        ? $"99 of 100 requests are answered within {Range(p99)}"
        : $"Half of the requests are answered within {Range(At(50))}");

    public string Description => string.Join("; ", _curves.Select(curve => $"{Name(curve)}: {Words(curve)}")) + ".";

    public string Caption => "Response time from the intended start; each point is the median over the launch sets. Both axes are logarithmic: each further nine has the same room.";

    /// <summary>Tells whether an arm has a curve to draw.</summary>
    public static bool CanShow(ArmAnalysis arm) => Drawable(arm.LatencyCurve).Count > 0;

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        var points = _curves.SelectMany(curve => curve.Points).ToArray();
        var (low, high) = (points.Min(point => point.Seconds) / 1.15, points.Max(point => point.Seconds) * 1.15);
        var ticks = AxisTicks.Logarithmic(low, high, MetricUnit.Seconds);
        var left = ticks.Labels.Select(label => ChartFont.Measure(label, frame.TextPixels)).DefaultIfEmpty(0).Max() + (2 * ChartCanvas.Edge);
        var legend = LegendLayout.Arrange([.. _curves.Select(Name)], SymbolPixels, frame.WidthPixels - left - ChartCanvas.Edge, frame.TextPixels);
        var bottom = AxisPixels + (legend.Lines * LegendLinePixels);
        var (plot, height) = ChartCanvas.Create(frame, Title, left, 2 * ChartCanvas.Edge, bottom, DataPixels);
        var (start, end) = (X(points.Min(point => point.Percentile)), X(points.Max(point => point.Percentile)));
        plot.Axes.SetLimits(start - (0.02 * (end - start)), end + (0.02 * (end - start)), Math.Log10(low), Math.Log10(high));

        foreach (var position in ticks.Positions)
        {
            plot.Add.HorizontalLine(position, 1, ChartPalette.Grid.OnPaper);
        }

        plot.Axes.Left.SetTicks([.. ticks.Positions], [.. ticks.Labels]);
        var landmarks = (frame.IsNarrow ? FewLandmarks : Landmarks).Where(percentile => X(percentile) >= start - 1e-9 && X(percentile) <= end + 1e-9).ToArray();
        ChartCanvas.LabelBottom(plot, frame, new AxisTicks([.. landmarks.Select(X)], [.. landmarks.Select(DisplayText.Plain)]), "Percentile, %");
        foreach (var curve in _curves)
        {
            DrawCurve(plot, curve);
        }

        plot.Axes.AddPanel(new LegendPanel([.. _curves.Select(curve => curve.Key)], legend, left, height - (legend.Lines * LegendLinePixels), LegendLinePixels, frame.TextPixels));
        return (plot, height);
    }

    private static double X(double percentile) => -Math.Log10(1 - (percentile / 100));

    private static IReadOnlyList<PercentilePoint> Drawable(IReadOnlyList<PercentilePoint> curve) =>
        [.. curve.Where(point => point.Percentile is >= FirstPercentile and <= LastPercentile && point.Seconds > 0).OrderBy(point => point.Percentile)];

    private static Curve Style(ArmAnalysis arm, int variant)
    {
        var key = arm.Role switch
        {
            ArmRole.Baseline => new LegendKey(ChartPalette.Ink, MarkerShape.None, 3),
            ArmRole.Control => new LegendKey(ChartPalette.Muted, MarkerShape.OpenCircle, 1.5f),
            _ => new LegendKey(
                ChartPalette.Series[variant % ChartPalette.Series.Count],
                Shapes[variant % Shapes.Length],
                1.75f),
        };
        return new Curve(arm, Drawable(arm.LatencyCurve), key);
    }

    private static string Name(Curve curve) =>
        ArmLabel.For(curve.Arm.Role) is { } mark ? $"{DisplayText.Clean(curve.Arm.Name)} ({mark})" : DisplayText.Clean(curve.Arm.Name);

    private static string Words(Curve curve)
    {
        var points = curve.Points.Where(point => point.Percentile is 50 or 99).ToArray();
        var scale = ColumnScale.For(MetricUnit.Seconds, points.Select(point => (double?)point.Seconds));
        return points.Length == 0 ? "no landmark" : string.Join(", ", points.Select(point => $"p{DisplayText.Plain(point.Percentile)} {scale.WithUnit(point.Seconds)}"));
    }

    private static string Range(IReadOnlyList<double> seconds)
    {
        if (seconds.Count == 0)
        {
            return "an unknown time";
        }

        var scale = ColumnScale.For(MetricUnit.Seconds, [seconds.Min(), seconds.Max()]);
        var (low, high) = (scale.Number(seconds.Min()), scale.WithUnit(seconds.Max()));
        return scale.WithUnit(seconds.Min()) == high ? high : $"{low} to {high}";
    }

    private static void DrawCurve(Plot plot, Curve curve)
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

    private IReadOnlyList<double> At(double percentile) =>
        [.. _curves.SelectMany(curve => curve.Points).Where(point => point.Percentile.Equals(percentile)).Select(point => point.Seconds)];

    private sealed record Curve(ArmAnalysis Arm, IReadOnlyList<PercentilePoint> Points, LegendKey Key);
}
