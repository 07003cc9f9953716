using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>Changes against the baseline with their intervals, one row for each arm, in plan order from the top.</summary>
internal sealed class ForestChart : IChart
{
    private const float RowPixels = 34;
    private const float BottomPixels = 46;

    private readonly IReadOnlyList<ForestRow> _rows;
    private readonly double _threshold;
    private readonly string _baseline;
    private readonly QuantityFormat _scale;

    /// <summary>Makes a forest plot.</summary>
    /// <param name="stem">Name of the files.</param>
    /// <param name="title">What is seen.</param>
    /// <param name="rows">The arms.</param>
    /// <param name="threshold">The practical threshold as a ratio.</param>
    /// <param name="baseline">The baseline's name.</param>
    public ForestChart(string stem, string title, IReadOnlyList<ForestRow> rows, double threshold, string baseline)
    {
        Stem = stem;
        Title = title;
        _rows = rows;
        _threshold = threshold;
        _baseline = baseline;
        _scale = QuantityFormat.ForChanges(rows.Select(row => row.Change).OfType<Interval>());
    }

    public string Stem { get; }

    public string Title { get; }

    public string Description =>
        $"Change against {DisplayText.Clean(_baseline)}. " + string.Join("; ", _rows.Select(row => $"{Label(row)}: {Words(row)}")) + ".";

    public string Caption =>
        $"Line: 95 % interval; mark: estimate{(_rows.Any(row => row.LaunchSets.Count > 0) ? "; small dots: the single launch sets" : string.Empty)}. Inside the gray band, ±{Percent(_threshold)}, a difference does not matter. ▲ ▼ beyond it; ≈ within it; △ ▽ a change, not proven to matter; ○ none found; ? cannot tell.";

    public ReportSection Table => new(
        $"{Stem}-table",
        Title,
        Caption,
        ["Arm", "Change", "95 % interval", "Verdict", "Each launch set, %"],
        [.. _rows.Select(row => (IReadOnlyList<string>)[Label(row), .. Figures(row), $"{row.Label.Sign} {row.Label.Word}", row.LaunchSets.Count == 0 ? "–" : string.Join("  ", row.LaunchSets.Select(_scale.NumberWithSign))])])
    {
        WordColumns = [3, 4],
    };

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        var left = _rows.Max(row => ChartFont.Measure(Name(row, frame), frame.TextPixels)) + (2 * ChartCanvas.Edge);
        var readings = _rows.Select(row => Readings(row, frame)).ToArray();
        var columns = ReadingsPanel.Arrange(readings, frame.TextPixels);
        var (plot, height) = ChartCanvas.Create(frame, Title, left, columns[^1] + ChartCanvas.Edge, BottomPixels, _rows.Count * RowPixels);
        var (low, high) = Limits();
        plot.Axes.SetLimits(low, high, _rows.Count - 0.5, -0.5);
        DrawBackground(plot, frame, low, high);
        for (var row = 0; row < _rows.Count; row++)
        {
            DrawRow(plot, _rows[row], row);
        }

        var places = Enumerable.Range(0, _rows.Count).Select(row => (double)row).ToArray();
        plot.Axes.Left.SetTicks(places, [.. _rows.Select(row => Name(row, frame))]);
        plot.Axes.AddPanel(new ReadingsPanel(readings, columns, RowPixels, frame.TextPixels));
        return (plot, height);
    }

    private static string Label(ForestRow row) =>
        ArmLabel.For(row.Role) is { } mark ? $"{DisplayText.Clean(row.Arm)} ({mark})" : DisplayText.Clean(row.Arm);

    private static string Name(ForestRow row, ChartFrame frame)
    {
        var mark = ArmLabel.For(row.Role) is { } word ? $" ({word})" : string.Empty;
        var room = frame.NamePixels - ChartFont.Measure(mark, frame.TextPixels);
        return ChartFont.Fit(row.Arm, room, frame.TextPixels) + mark;
    }

    private static string Percent(double ratio) => MetricColumnFormat.Percent(ratio);

    private static (ChartColor Color, MarkerShape Shape) Mark(ForestRow row) => (row.Label.Key, row.Change) switch
    {
        ("more", _) => (ChartPalette.More, MarkerShape.FilledTriangleUp),
        ("less", _) => (ChartPalette.Less, MarkerShape.FilledTriangleDown),
        ("same", _) => (ChartPalette.Same, MarkerShape.FilledSquare),
        ("open", { Low: > 0 }) => (ChartPalette.Unsure, MarkerShape.OpenTriangleUp),
        ("open", _) => (ChartPalette.Unsure, MarkerShape.OpenTriangleDown),
        _ => (ChartPalette.Unsure, MarkerShape.OpenCircle),
    };

    private static void DrawRow(Plot plot, ForestRow row, int place)
    {
        foreach (var launchSet in row.LaunchSets)
        {
            plot.Add.Marker(launchSet, row.Change is null ? place : place + 0.28, MarkerShape.FilledCircle, 4, ChartPalette.Dot.OnPaper);
        }

        if (row.Change is not { } change)
        {
            return;
        }

        var (color, shape) = Mark(row);
        var line = plot.Add.Line(change.Low, place, change.High, place);
        line.LineWidth = 2.5f;
        line.LineColor = color.OnPaper;
        var mark = plot.Add.Marker(change.Estimate, place, shape, 10, color.OnPaper);
        mark.LineWidth = 2;
    }

    private string Words(ForestRow row) => row.Change is { } change
        ? $"{_scale.SignedWithUnit(change.Estimate)} ({_scale.NumberWithSign(change.Low)} to {_scale.NumberWithSign(change.High)}), {row.Label.InSentence}"
        : "no interval";

    private string[] Figures(ForestRow row) => row.Change is { } change
        ? [_scale.SignedWithUnit(change.Estimate), $"{_scale.NumberWithSign(change.Low)} to {_scale.NumberWithSign(change.High)}"]
        : ["no interval", string.Empty];

    private string[] Readings(ForestRow row, ChartFrame frame) => frame.ShowsIntervals
        ? [.. Figures(row), row.Change is null ? "–" : row.Label.Sign]
        : row.Change is null ? ["–", "–"] : [Figures(row)[0], row.Label.Sign];

    private (double Low, double High) Limits()
    {
        var values = _rows
            .SelectMany(row => row.Change is { } change ? row.LaunchSets.Append(change.Low).Append(change.High) : row.LaunchSets)
            .Append(_threshold)
            .Append(-_threshold)
            .ToArray();
        var margin = 0.04 * (values.Max() - values.Min());
        return (values.Min() - margin, values.Max() + margin);
    }

    private void DrawBackground(Plot plot, ChartFrame frame, double low, double high)
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            if (_rows[row].Role == ArmRole.Control)
            {
                var shade = plot.Add.Rectangle(low, high, row - 0.5, row + 0.5);
                shade.FillColor = ChartPalette.ControlRow.OnPaper;
                shade.LineWidth = 0;
            }
        }

        var band = plot.Add.Rectangle(-_threshold, _threshold, -0.5, _rows.Count - 0.5);
        band.FillColor = ChartPalette.Band.OnPaper;
        band.LineWidth = 0;

        var ticks = AxisTicks.Linear(low, high, frame.IsNarrow ? 3 : 6, MetricUnit.Ratio);
        ChartCanvas.LabelBottom(plot, frame, ticks, $"Change against {ChartFont.Fit(_baseline, frame.NamePixels, frame.TextPixels)}");
        plot.Add.VerticalLine(0, 1.5f, ChartPalette.Ink.OnPaper);
    }
}

/// <summary>One arm in a forest plot.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Role">What the arm is for.</param>
/// <param name="Change">The relative change with its interval; null where there is none.</param>
/// <param name="Label">What the interval shows.</param>
/// <param name="LaunchSets">The relative change of each launch set that measured both the arm and the baseline.</param>
internal sealed record ForestRow(string Arm, ArmRole Role, Interval? Change, VerdictLabel Label, IReadOnlyList<double> LaunchSets);

/// <summary>Gathers what a forest plot shows.</summary>
internal static class ForestRows
{
    /// <summary>Gathers every arm but the baseline, in plan order.</summary>
    public static IReadOnlyList<ForestRow> Gather(RunAnalysis analysis, MetricId metric)
    {
        var baseline = analysis.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Baseline);
        var reference = baseline is null ? [] : Samples(baseline, metric);
        return
        [
            .. from arm in analysis.Arms
               where arm.Role != ArmRole.Baseline
               let comparison = arm.Metrics.FirstOrDefault(candidate => candidate.Metric == metric)
               select new ForestRow(arm.Name, arm.Role, comparison?.Ratio, comparison is null ? VerdictLabel.For(metric, Verdict.Invalid, ratio: null) : VerdictLabel.For(comparison), Changes(Samples(arm, metric), reference)),
        ];
    }

    private static IReadOnlyList<double?> Samples(ArmAnalysis arm, MetricId metric) =>
        arm.Metrics.FirstOrDefault(candidate => candidate.Metric == metric)?.Samples ?? [];

    private static IReadOnlyList<double> Changes(IReadOnlyList<double?> samples, IReadOnlyList<double?> reference) =>
        [.. samples.Zip(reference)
            .Where(pair => pair.First is not null && pair.Second > 0)
            .Select(pair => (pair.First!.Value / pair.Second!.Value) - 1)];
}
