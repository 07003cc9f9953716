using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>What each variant adds to one metric, against the load, with intervals.</summary>
internal sealed class LoadLevelChart : IChart
{
    private const float AxisPixels = 46;
    private const float DataPixels = 240;
    private const float LegendLinePixels = 20;
    private const float SymbolPixels = 30;

    // Intervals of several variants at one load stand beside each other: this part of the axis apart.
    private const double Spacing = 0.012;

    private readonly IReadOnlyList<LevelCurve> _curves;
    private readonly string _caveat;
    private readonly MetricDefinition _metric;

    /// <summary>Makes the chart; at least one variant must have an interval.</summary>
    public LoadLevelChart(string stem, string caveat, MetricId metric, RunAnalysis analysis)
    {
        Stem = stem;
        _caveat = caveat;
        _metric = MetricCatalog.Get(metric);
        _curves = Curves(metric, analysis);
    }

    public string Stem { get; }

    public string Title => $"{_caveat}{_metric.Title}: what each variant adds, by load";

    public string Description => string.Join("; ", _curves.Select(curve => $"{DisplayText.Clean(curve.Arm)}: {string.Join(", ", curve.Points.Select(point => $"{Written(point.Added)} at {DisplayText.Plain(point.Rate)}/s"))}")) + ".";

    public string Caption => "Each point is the median difference to the baseline at the same load; bars are 95 % intervals over launch sets.";

    public ReportSection Table => new(
        $"{Stem}-table",
        Title,
        Caption,
        ["Arm", .. Rates().Select(rate => $"{DisplayText.Plain(rate)}/s")],
        [.. _curves.Select(curve => (IReadOnlyList<string>)[curve.Arm, .. Rates().Select(rate => curve.Points.FirstOrDefault(point => point.Rate.Equals(rate)) is { } point ? Written(point.Added) : "\u2013")])]);

    /// <summary>Tells whether there is something to draw: a variant with an interval at two loads.</summary>
    public static bool CanShow(MetricId metric, RunAnalysis analysis) => Curves(metric, analysis).Any(curve => curve.Points.Count > 1);

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        var points = _curves.SelectMany(curve => curve.Points).ToArray();
        var (low, high) = (Math.Min(0, points.Min(point => point.Added.Low)), Math.Max(0, points.Max(point => point.Added.High)));
        var room = 0.06 * (high - low);
        var ticks = AxisTicks.Linear(low, high, 5, _metric.Unit);
        var left = ticks.Labels.Select(label => ChartFont.Measure(label, frame.TextPixels)).DefaultIfEmpty(0).Max() + (2 * ChartCanvas.Edge);
        var legend = LegendLayout.Arrange([.. _curves.Select(curve => DisplayText.Clean(curve.Arm))], SymbolPixels, frame.WidthPixels - left - ChartCanvas.Edge, frame.TextPixels);
        var bottom = AxisPixels + (legend.Lines * LegendLinePixels);
        var (plot, height) = ChartCanvas.Create(frame, Title, left, 2 * ChartCanvas.Edge, bottom, DataPixels);
        var end = 1.08 * Rates().Max();
        plot.Axes.SetLimits(0, end, low - room, high + room);
        foreach (var position in ticks.Positions)
        {
            plot.Add.HorizontalLine(position, 1, ChartPalette.Grid.OnPaper);
        }

        plot.Add.HorizontalLine(0, 1.5f, ChartPalette.Muted.OnPaper);
        plot.Axes.Left.SetTicks([.. ticks.Positions], [.. ticks.Labels]);
        ChartCanvas.LabelBottom(plot, frame, new AxisTicks(Rates(), [.. Rates().Select(rate => $"{DisplayText.Plain(rate)}/s")]), "Requests per second");
        foreach (var (index, curve) in _curves.Index())
        {
            DrawCurve(plot, curve, (index - ((_curves.Count - 1) / 2.0)) * Spacing * end);
        }

        plot.Axes.AddPanel(new LegendPanel([.. _curves.Select(curve => curve.Key)], legend, left, height - (legend.Lines * LegendLinePixels), LegendLinePixels, frame.TextPixels));
        return (plot, height);
    }

    private static IReadOnlyList<LevelCurve> Curves(MetricId metric, RunAnalysis analysis) =>
    [
        .. from entry in analysis.Arms.Where(arm => arm.Role == ArmRole.Variant && arm.Health.State != ArmState.Broken).Index()
           let points = analysis.Levels
               .Select(level => (level.Load.RatePerSecond, Added: level.Arms.Single(arm => arm.Name == entry.Item.Name).Metrics.Single(comparison => comparison.Metric == metric).Difference))
               .Where(point => point.Added is not null)
               .Select(point => new LevelPoint(point.RatePerSecond, point.Added!))
               .ToArray()
           where points.Length > 0
           select new LevelCurve(entry.Item.Name, points, LegendKey.OfVariant(entry.Index, 1.75f)),
    ];

    private static void DrawCurve(Plot plot, LevelCurve curve, double shift)
    {
        double[] loads = [.. curve.Points.Select(point => point.Rate + shift)];
        double[] added = [.. curve.Points.Select(point => point.Added.Estimate)];
        var line = plot.Add.ScatterLine(loads, added, curve.Key.Color.OnPaper);
        line.LineWidth = curve.Key.LineWidth;
        foreach (var point in curve.Points)
        {
            var bar = plot.Add.Line(point.Rate + shift, point.Added.Low, point.Rate + shift, point.Added.High);
            bar.LineWidth = curve.Key.LineWidth;
            bar.LineColor = curve.Key.Color.OnPaper;
            plot.Add.Marker(point.Rate + shift, point.Added.Estimate, curve.Key.Shape, 8, curve.Key.Color.OnPaper);
        }
    }

    private double[] Rates() => [.. _curves.SelectMany(curve => curve.Points).Select(point => point.Rate).Distinct().Order()];

    private string Written(Interval added) => QuantityFormat.For(_metric.Unit, added).Change(added);

    private sealed record LevelCurve(string Arm, IReadOnlyList<LevelPoint> Points, LegendKey Key);

    private sealed record LevelPoint(double Rate, Interval Added);
}
