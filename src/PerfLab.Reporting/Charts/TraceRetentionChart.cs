using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Traces;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>Cost against visibility: what each variant costs in CPU, and which share of failed requests it keeps.</summary>
internal sealed class TraceRetentionChart : IChart
{
    private const float AxisPixels = 46;
    private const float LeftPixels = 62;
    private const float DataPixels = 260;
    private const float LegendLinePixels = 20;
    private const float SymbolPixels = 30;

    private readonly string _caveat;
    private readonly IReadOnlyList<(ArmTraceRetention Seen, Interval Cost, LegendKey Key)> _points;

    /// <summary>Makes the chart; at least one variant must be showable.</summary>
    public TraceRetentionChart(string caveat, RunTraceRetention visibility, RunAnalysis analysis)
    {
        _caveat = caveat;
        _points = Points(visibility, analysis);
    }

    public string Stem => "visibility";

    public string Title => _caveat + "Failed requests kept, against what it costs";

    public string Description => string.Join("; ", _points.Select(point =>
        $"{DisplayText.Clean(point.Seen.Name)}: keeps {TraceRetentionWording.Share(point.Seen.FailedKept)} for {MetricColumnFormat.Effect(point.Cost.Estimate)} CPU ({Percent(point.Cost.Low)} to {Percent(point.Cost.High)})")) + ".";

    public string Caption => "Up is better, left is cheaper. Bars: 95 % intervals over launch sets. The CPU is the service's alone; the collector's stands in the table.";

    /// <summary>Says whether there is a variant with a cost and a share.</summary>
    public static bool CanShow(RunAnalysis analysis) => analysis.Visibility is { } visibility && Points(visibility, analysis).Count > 0;

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        var names = _points.Select(point => $"{DisplayText.Clean(point.Seen.Name)}, {TraceRetentionWording.Value(point.Seen.FailedKept)}").ToArray();
        var legend = LegendLayout.Arrange(names, SymbolPixels, frame.WidthPixels - LeftPixels - ChartCanvas.Edge, frame.TextPixels);
        var bottom = AxisPixels + (legend.Lines * LegendLinePixels);
        var (plot, height) = ChartCanvas.Create(frame, Title, LeftPixels, 2 * ChartCanvas.Edge, bottom, DataPixels);
        var low = Math.Min(0, 1.08 * _points.Min(point => point.Cost.Low));
        var high = Math.Max(0.01, 1.08 * _points.Max(point => point.Cost.High));
        plot.Axes.SetLimits(low, high, -0.04, 1.04);
        ChartCanvas.LabelBottom(plot, frame, AxisTicks.Linear(low, high, frame.IsNarrow ? 3 : 6, MetricUnit.Ratio), "CPU per request over the baseline");
        LabelLeft(plot);
        foreach (var point in _points)
        {
            Draw(plot, point);
        }

        plot.Axes.AddPanel(new LegendPanel([.. _points.Select(point => point.Key)], legend, LeftPixels, height - (legend.Lines * LegendLinePixels), LegendLinePixels, frame.TextPixels));
        return (plot, height);
    }

    private static IReadOnlyList<(ArmTraceRetention Seen, Interval Cost, LegendKey Key)> Points(RunTraceRetention visibility, RunAnalysis analysis) =>
    [
        .. from seen in visibility.Arms.Where(arm => arm.Role == ArmRole.Variant).Index()
           where seen.Item.FailedKept.Value is not null
           let cost = MetricTables.Find(analysis.Arms.Single(arm => arm.Name == seen.Item.Name), MetricId.Cpu)?.Ratio
           where cost is not null
           select (seen.Item, cost!, LegendKey.OfVariant(seen.Index, 2.5f)),
    ];

    private static string Percent(double ratio) => QuantityFormat.Tick(MetricUnit.Ratio, Math.Round(ratio, 3));

    private static void LabelLeft(Plot plot)
    {
        var ticks = AxisTicks.Linear(0, 1, 4, MetricUnit.Ratio);
        foreach (var position in ticks.Positions)
        {
            plot.Add.HorizontalLine(position, 1, ChartPalette.Grid.OnPaper);
        }

        plot.Axes.Left.SetTicks([.. ticks.Positions], [.. ticks.Labels]);
    }

    private static void Draw(Plot plot, (ArmTraceRetention Seen, Interval Cost, LegendKey Key) point)
    {
        var (kept, share) = (point.Seen.FailedKept, point.Seen.FailedKept.Value!.Value);
        Bar(plot, point.Key, point.Cost.Low, share, point.Cost.High, share);
        if (kept.Interval is { } interval)
        {
            Bar(plot, point.Key, point.Cost.Estimate, interval.Low, point.Cost.Estimate, interval.High);
        }

        plot.Add.Marker(point.Cost.Estimate, share, point.Key.Shape, 9, point.Key.Color.OnPaper);
    }

    private static void Bar(Plot plot, LegendKey key, double x1, double y1, double x2, double y2)
    {
        var bar = plot.Add.Line(x1, y1, x2, y2);
        bar.LineWidth = key.LineWidth;
        bar.LineColor = key.Color.OnPaper;
    }
}
