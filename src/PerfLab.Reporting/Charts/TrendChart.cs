using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>What the variants cost in one metric over several runs of a scenario, with a line where the environment changed.</summary>
internal sealed class TrendChart(MetricId metric, IReadOnlyList<RunAnalysis> runs) : IChart
{
    private const float AxisPixels = 46;
    private const float LeftPixels = 70;
    private const float DataPixels = 240;
    private const float LegendLinePixels = 20;
    private const float SymbolPixels = 30;
    private const int MostTicks = 6;

    private readonly MetricDefinition _metric = MetricCatalog.Get(metric);

    private readonly string[] _arms = [.. runs.SelectMany(run => run.Arms.Where(arm => arm.Role == ArmRole.Variant && MetricTables.Find(arm, metric)?.Ratio is not null)).Select(arm => arm.Name).Distinct(StringComparer.Ordinal)];

    public string Stem => $"trend-{_metric.Key.Replace('_', '-')}";

    public string Title => $"{_metric.Title} over the runs";

    public string Description => $"{_metric.Title} of {string.Join(", ", _arms.Select(DisplayText.Clean))} over {DisplayText.Counted(runs.Count, "run")}; the table has the numbers.";

    public string Caption => "Bars: 95 % intervals over the launch sets of a run. Vertical line: the machine, its system, the runtime or a runtime setting is another than in the run before.";

    /// <summary>Gets the same as a table, the newest run first.</summary>
    public ReportSection Table => new(
        $"{Stem}-table",
        Title,
        "Change against the baseline of the same run, with its 95 % interval.",
        ["Run", .. _arms, "Environment"],
        [.. runs.Index().Reverse().Select(run => (IReadOnlyList<string>)[Day(run.Item), .. _arms.Select(arm => Ratio(run.Item, arm) is { } ratio ? QuantityFormat.ForChanges([ratio]).Change(ratio) : "–"), Changed(run.Index) is { Count: > 0 } changes ? string.Join("; ", changes) : "–"])])
    {
        WordColumns = [_arms.Length + 1],
    };

    /// <summary>Says whether a run has an interval for the metric.</summary>
    public static bool CanShow(MetricId metric, IReadOnlyList<RunAnalysis> runs) =>
        runs.Any(run => run.Arms.Any(arm => arm.Role == ArmRole.Variant && MetricTables.Find(arm, metric)?.Ratio is not null));

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        var legend = LegendLayout.Arrange([.. _arms.Select(DisplayText.Clean)], SymbolPixels, frame.WidthPixels - LeftPixels - ChartCanvas.Edge, frame.TextPixels);
        var (plot, height) = ChartCanvas.Create(frame, Title, LeftPixels, 2 * ChartCanvas.Edge, AxisPixels + (legend.Lines * LegendLinePixels), DataPixels);
        Interval[] all = [.. runs.SelectMany(run => _arms.Select(arm => Ratio(run, arm))).OfType<Interval>()];
        var (low, high) = (Math.Min(0, 1.05 * all.Min(ratio => ratio.Low)), Math.Max(0.01, 1.05 * all.Max(ratio => ratio.High)));
        plot.Axes.SetLimits(-0.5, runs.Count - 0.5, low, high);
        LabelLeft(plot, AxisTicks.Linear(low, high, 4, MetricUnit.Ratio));
        Label(plot, frame);
        foreach (var changed in Enumerable.Range(0, runs.Count).Where(run => Changed(run).Count > 0))
        {
            plot.Add.VerticalLine(changed - 0.5, 1.5f, ChartPalette.Unsure.OnPaper);
        }

        LegendKey[] keys = [.. Enumerable.Range(0, _arms.Length).Select(arm => LegendKey.OfVariant(arm, 2))];
        for (var arm = 0; arm < _arms.Length; arm++)
        {
            Draw(plot, keys[arm], _arms[arm], 0.5 * (arm - ((_arms.Length - 1) / 2.0)) / Math.Max(1, _arms.Length));
        }

        plot.Axes.AddPanel(new LegendPanel(keys, legend, LeftPixels, height - (legend.Lines * LegendLinePixels), LegendLinePixels, frame.TextPixels));
        return (plot, height);
    }

    // Beside each other, so that intervals of one run do not hide each other.
    private void Draw(Plot plot, LegendKey key, string arm, double offset)
    {
        (double X, Interval Ratio)[] points = [.. runs.Index().Where(run => Ratio(run.Item, arm) is not null).Select(run => (run.Index + offset, Ratio(run.Item, arm)!))];
        foreach (var (x, ratio) in points)
        {
            var bar = plot.Add.Line(x, ratio.Low, x, ratio.High);
            bar.LineWidth = key.LineWidth;
            bar.LineColor = key.Color.OnPaper;
            plot.Add.Marker(x, ratio.Estimate, key.Shape, 7, key.Color.OnPaper);
        }
    }

    private void Label(Plot plot, ChartFrame frame)
    {
        var step = Math.Max(1, (int)Math.Ceiling((double)runs.Count / (frame.IsNarrow ? 3 : MostTicks)));
        int[] shown = [.. Enumerable.Range(0, runs.Count).Where(run => run % step == 0)];
        ChartCanvas.LabelBottom(plot, frame, new AxisTicks([.. shown.Select(run => (double)run)], [.. shown.Select(run => runs[run].Manifest.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]), "Run");
    }

    private static void LabelLeft(Plot plot, AxisTicks ticks)
    {
        foreach (var position in ticks.Positions)
        {
            plot.Add.HorizontalLine(position, 1, ChartPalette.Grid.OnPaper);
        }

        plot.Axes.Left.SetTicks([.. ticks.Positions], [.. ticks.Labels]);
    }

    private Interval? Ratio(RunAnalysis run, string arm) => run.Arms.FirstOrDefault(entry => entry.Name == arm) is { } found ? MetricTables.Find(found, metric)?.Ratio : null;

    private IReadOnlyList<string> Changed(int run) => run == 0 ? [] :
    [
        .. runs[run].Manifest.Machine.DifferencesFrom(runs[run - 1].Manifest.Machine),
        .. runs[run].Manifest.RuntimeKnobs.OrderBy(knob => knob.Key, StringComparer.Ordinal).SequenceEqual(runs[run - 1].Manifest.RuntimeKnobs.OrderBy(knob => knob.Key, StringComparer.Ordinal)) ? Array.Empty<string>() : ["runtime settings"],
    ];

    private static string Day(RunAnalysis run) => run.Manifest.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
