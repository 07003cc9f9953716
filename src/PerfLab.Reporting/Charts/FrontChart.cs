using PerfLab.Analysis;
using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>
/// The front: what each variant costs in CPU against what one still sees, with intervals on both axes. What is seen is the share of
/// failed requests that is kept where the run looked, else the share of all traces.
/// </summary>
internal sealed class FrontChart : IChart
{
    private const float AxisPixels = 46;
    private const float LeftPixels = 62;
    private const float DataPixels = 260;
    private const float LegendLinePixels = 20;
    private const float SymbolPixels = 30;

    private static readonly QuantityFormat s_shares = QuantityFormat.ForColumn(MetricUnit.Ratio, [0.1]);

    private readonly string _caveat;
    private readonly bool _isOfFailedRequests;
    private readonly IReadOnlyList<FrontPoint> _points;

    /// <summary>Makes the chart; at least one variant must be showable.</summary>
    public FrontChart(string caveat, RunAnalysis analysis)
    {
        _caveat = caveat;
        _isOfFailedRequests = analysis.Visibility is not null;
        _points = Points(analysis);
    }

    public string Stem => "front";

    public string Title => $"{_caveat}{Seen}, against what it costs";

    public string Description => string.Join("; ", _points.Select(point =>
        $"{DisplayText.Clean(point.Arm)}: keeps {Share(point.Kept)} for {s_shares.Change(point.Cost)} CPU{(point.DominatedBy is { } better ? $", dominated by {DisplayText.Clean(better)}" : string.Empty)}")) + ".";

    public string Caption => "Up is better, left is cheaper. Bars: 95 % intervals over launch sets. Gray: another arm provably costs less and keeps more. The CPU is the service's alone.";

    /// <summary>Gets the same as a table.</summary>
    public ReportSection Table => new(
        "front",
        "The front: cost against what you still see",
        "What each variant costs and what it keeps. An arm is dominated only where the intervals prove that another costs less CPU and keeps more.",
        ["Arm", "CPU over the baseline", Seen, "Dominated by"],
        [.. _points.Select(point => (IReadOnlyList<string>)[point.Arm, s_shares.Change(point.Cost), Share(point.Kept), point.DominatedBy ?? "–"])])
    {
        WordColumns = [3],
    };

    private string Seen => _isOfFailedRequests ? "Failed requests kept" : "Traces kept";

    /// <summary>Says whether there is a variant with a cost and a share.</summary>
    public static bool CanShow(RunAnalysis analysis) => Points(analysis).Count > 0;

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        var names = _points.Select(point => $"{DisplayText.Clean(point.Arm)}, {s_shares.WithUnit(point.Kept.Estimate)}").ToArray();
        var legend = LegendLayout.Arrange(names, SymbolPixels, frame.WidthPixels - LeftPixels - ChartCanvas.Edge, frame.TextPixels);
        var bottom = AxisPixels + (legend.Lines * LegendLinePixels);
        var (plot, height) = ChartCanvas.Create(frame, Title, LeftPixels, 2 * ChartCanvas.Edge, bottom, DataPixels);
        var low = Math.Min(0, 1.08 * _points.Min(point => point.Cost.Low));
        var high = Math.Max(0.01, 1.08 * _points.Max(point => point.Cost.High));
        plot.Axes.SetLimits(low, high, -0.04, 1.04);
        ChartCanvas.LabelBottom(plot, frame, AxisTicks.Linear(low, high, frame.IsNarrow ? 3 : 6, MetricUnit.Ratio), "CPU per request over the baseline");
        LabelLeft(plot);

        // What is dominated lies below the rest.
        foreach (var point in _points.OrderBy(point => point.DominatedBy is null))
        {
            Bar(plot, point.Key, point.Cost.Low, point.Kept.Estimate, point.Cost.High, point.Kept.Estimate);
            Bar(plot, point.Key, point.Cost.Estimate, point.Kept.Low, point.Cost.Estimate, point.Kept.High);
            plot.Add.Marker(point.Cost.Estimate, point.Kept.Estimate, point.Key.Shape, 9, point.Key.Color.OnPaper);
        }

        plot.Axes.AddPanel(new LegendPanel([.. _points.Select(point => point.Key)], legend, LeftPixels, height - (legend.Lines * LegendLinePixels), LegendLinePixels, frame.TextPixels));
        return (plot, height);
    }

    private static IReadOnlyList<FrontPoint> Points(RunAnalysis analysis) =>
    [
        .. from entry in analysis.Arms.Where(arm => arm.Role == ArmRole.Variant).Index()
           let cost = MetricTables.Find(entry.Item, MetricId.Cpu)?.Ratio
           let kept = Kept(entry.Item, analysis)
           where cost is not null && kept is not null && entry.Item.Health.State != ArmState.Broken
           let better = analysis.Decision?.Arms.FirstOrDefault(arm => arm.Arm == entry.Item.Name)?.DominatedBy
           let key = LegendKey.OfVariant(entry.Index, 2.5f)
           select new FrontPoint(entry.Item.Name, cost, kept, better, better is null ? key : key with { Color = ChartPalette.Dot }),
    ];

    private static Interval? Kept(ArmAnalysis arm, RunAnalysis analysis) => analysis.Visibility is not { } visibility
        ? Recommender.TracesKept(arm, visibility: null)
        : visibility.Arms.FirstOrDefault(entry => entry.Name == arm.Name)?.FailedKept is { Value: { } value } kept
            ? kept.Interval is { } interval ? interval with { Estimate = value } : new Interval(value, value, value, 1)
            : null;

    // Counted, not estimated, where both bounds are the same.
    private static string Share(Interval kept) => kept.Low.Equals(kept.High) ? s_shares.WithUnit(kept.Estimate) : s_shares.Value(kept);

    private static void LabelLeft(Plot plot)
    {
        var ticks = AxisTicks.Linear(0, 1, 4, MetricUnit.Ratio);
        foreach (var position in ticks.Positions)
        {
            plot.Add.HorizontalLine(position, 1, ChartPalette.Grid.OnPaper);
        }

        plot.Axes.Left.SetTicks([.. ticks.Positions], [.. ticks.Labels]);
    }

    private static void Bar(Plot plot, LegendKey key, double x1, double y1, double x2, double y2)
    {
        var bar = plot.Add.Line(x1, y1, x2, y2);
        bar.LineWidth = key.LineWidth;
        bar.LineColor = key.Color.OnPaper;
    }

    private sealed record FrontPoint(string Arm, Interval Cost, Interval Kept, string? DominatedBy, LegendKey Key);
}
