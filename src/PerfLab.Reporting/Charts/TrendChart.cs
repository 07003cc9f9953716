using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Experiments;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>One metric over time.</summary>
/// <param name="Stem">Name of its files and part of its ids.</param>
/// <param name="Title">What is seen.</param>
/// <param name="Comparison">What each value is compared with, as the first words of a sentence.</param>
/// <param name="Noun">What a point is: run, night.</param>
/// <param name="Lines">The names of what is followed.</param>
/// <param name="Points">The points, the oldest first; at least one.</param>
internal sealed record Trend(string Stem, string Title, string Comparison, string Noun, IReadOnlyList<string> Lines, IReadOnlyList<TrendPoint> Points);

/// <summary>A point of a trend.</summary>
/// <param name="StartedUtc">When it was measured.</param>
/// <param name="Ratios">What was measured, by line; a line without a value is left out.</param>
/// <param name="Changes">In which ways the environment differs from that of the point before.</param>
internal sealed record TrendPoint(DateTimeOffset StartedUtc, IReadOnlyDictionary<string, Interval> Ratios, IReadOnlyList<string> Changes)
{
    /// <summary>Gets the commit that was measured; null where the points are no commits.</summary>
    public string? Commit { get; init; }

    /// <summary>Gets the levels that shift at this point, in words.</summary>
    public IReadOnlyList<string> Shifts { get; init; } = [];
}

/// <summary>What something costs in one metric over time, with a line where the environment changed and one where a level shifted.</summary>
internal sealed class TrendChart(Trend trend) : IChart
{
    private const float AxisPixels = 46;
    private const float LeftPixels = 70;
    private const float DataPixels = 240;
    private const float LegendLinePixels = 20;
    private const float SymbolPixels = 30;
    private const int MostTicks = 6;

    private readonly IReadOnlyList<TrendPoint> _points = trend.Points;

    public string Stem => trend.Stem;

    public string Title => trend.Title;

    public string Description => $"{Title}: {string.Join(", ", trend.Lines.Select(DisplayText.Clean))} over {DisplayText.Counted(_points.Count, trend.Noun)}; the table has the numbers.";

    public string Caption => $"Bars: 95 % intervals over the launch sets of a {trend.Noun}. Vertical line: the machine, its system, the runtime or a runtime setting is another than in the {trend.Noun} before.{(HasShifts ? " Dotted line: the level shifted there." : string.Empty)}";

    /// <summary>Gets the same as a table, the newest first.</summary>
    public ReportSection Table => new(
        $"{Stem}-table",
        Title,
        $"{trend.Comparison}, with its 95 % interval.",
        [$"{char.ToUpperInvariant(trend.Noun[0])}{trend.Noun[1..]}", .. Column("Commit", HasCommits), .. trend.Lines, "Environment", .. Column("Shift", HasShifts)],
        [.. _points.Reverse().Select(Row)])
    {
        WordColumns = [.. HasCommits ? [1] : Array.Empty<int>(), WordsFrom, .. HasShifts ? [WordsFrom + 1] : Array.Empty<int>()],
    };

    private bool HasCommits => _points.Any(point => point.Commit is not null);

    private bool HasShifts => _points.Any(point => point.Shifts.Count > 0);

    private int WordsFrom => trend.Lines.Count + (HasCommits ? 2 : 1);

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        var legend = LegendLayout.Arrange([.. trend.Lines.Select(DisplayText.Clean)], SymbolPixels, frame.WidthPixels - LeftPixels - ChartCanvas.Edge, frame.TextPixels);
        var (plot, height) = ChartCanvas.Create(frame, Title, LeftPixels, 2 * ChartCanvas.Edge, AxisPixels + (legend.Lines * LegendLinePixels), DataPixels);
        Interval[] all = [.. _points.SelectMany(point => point.Ratios.Values)];
        var (low, high) = (Math.Min(0, 1.05 * all.Min(ratio => ratio.Low)), Math.Max(0.01, 1.05 * all.Max(ratio => ratio.High)));
        plot.Axes.SetLimits(-0.5, _points.Count - 0.5, low, high);
        LabelLeft(plot, AxisTicks.Linear(low, high, 4, MetricUnit.Ratio));
        Label(plot, frame);
        foreach (var (index, point) in _points.Index().Where(entry => entry.Item.Changes.Count > 0 || entry.Item.Shifts.Count > 0))
        {
            var line = plot.Add.VerticalLine(index - 0.5, 1.5f, ChartPalette.Unsure.OnPaper);
            line.LinePattern = point.Changes.Count > 0 ? LinePattern.Solid : LinePattern.Dotted;
        }

        LegendKey[] keys = [.. Enumerable.Range(0, trend.Lines.Count).Select(line => LegendKey.OfVariant(line, 2))];
        for (var line = 0; line < trend.Lines.Count; line++)
        {
            Draw(plot, keys[line], trend.Lines[line], 0.5 * (line - ((trend.Lines.Count - 1) / 2.0)) / trend.Lines.Count);
        }

        plot.Axes.AddPanel(new LegendPanel(keys, legend, LeftPixels, height - (legend.Lines * LegendLinePixels), LegendLinePixels, frame.TextPixels));
        return (plot, height);
    }

    // Beside each other, so that intervals of one point do not hide each other.
    private void Draw(Plot plot, LegendKey key, string name, double offset)
    {
        foreach (var (x, ratio) in _points.Index().Where(point => point.Item.Ratios.ContainsKey(name)).Select(point => (point.Index + offset, point.Item.Ratios[name])))
        {
            var bar = plot.Add.Line(x, ratio.Low, x, ratio.High);
            bar.LineWidth = key.LineWidth;
            bar.LineColor = key.Color.OnPaper;
            plot.Add.Marker(x, ratio.Estimate, key.Shape, 7, key.Color.OnPaper);
        }
    }

    private void Label(Plot plot, ChartFrame frame)
    {
        var step = Math.Max(1, (int)Math.Ceiling((double)_points.Count / (frame.IsNarrow ? 3 : MostTicks)));
        int[] shown = [.. Enumerable.Range(0, _points.Count).Where(point => point % step == 0)];
        ChartCanvas.LabelBottom(plot, frame, new AxisTicks([.. shown.Select(point => (double)point)], [.. shown.Select(point => _points[point].StartedUtc.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]), $"{char.ToUpperInvariant(trend.Noun[0])}{trend.Noun[1..]}");
    }

    private static void LabelLeft(Plot plot, AxisTicks ticks)
    {
        foreach (var position in ticks.Positions)
        {
            plot.Add.HorizontalLine(position, 1, ChartPalette.Grid.OnPaper);
        }

        plot.Axes.Left.SetTicks([.. ticks.Positions], [.. ticks.Labels]);
    }

    private IReadOnlyList<string> Row(TrendPoint point) =>
    [
        point.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        .. Column(point.Commit ?? "–", HasCommits),
        .. trend.Lines.Select(line => point.Ratios.TryGetValue(line, out var ratio) ? PercentText.Change(ratio) : "–"),
        point.Changes.Count > 0 ? string.Join("; ", point.Changes) : "–",
        .. Column(point.Shifts.Count > 0 ? string.Join("; ", point.Shifts) : "–", HasShifts),
    ];

    private static string[] Column(string cell, bool isThere) => isThere ? [cell] : [];
}
