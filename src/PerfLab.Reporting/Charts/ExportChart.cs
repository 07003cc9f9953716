using PerfLab.Analysis;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>Bytes that each request sends to the collector, one bar for each arm, in plan order from the top.</summary>
internal sealed class ExportChart : IChart
{
    private const float RowPixels = 30;
    private const float BottomPixels = 46;

    private readonly IReadOnlyList<(ArmAnalysis Arm, double? Bytes)> _rows;
    private readonly QuantityFormat _scale;
    private readonly string _caveat;

    /// <summary>Makes the chart; at least one arm must have a value.</summary>
    public ExportChart(string stem, string caveat, IReadOnlyList<ArmAnalysis> arms)
    {
        _caveat = caveat;
        Stem = stem;
        _rows = [.. arms.Select(arm => (arm, BytesOf(arm)))];
        _scale = QuantityFormat.ForColumn(MetricUnit.Bytes, _rows.Select(row => row.Bytes));
    }

    public string Stem { get; }

    public string Title => _caveat + Finding;

    private string Finding
    {
        get
        {
            var most = _rows.Where(row => row.Bytes is not null).MaxBy(row => row.Bytes);
            return most.Bytes > 0
                ? $"{DisplayText.Name(most.Arm.Name)} exports the most: {_scale.WithUnit(most.Bytes.Value)} per request"
                : "No arm exported anything";
        }
    }

    public string Description => string.Join("; ", _rows.Select(row => $"{Label(row.Arm)}: {(row.Bytes is { } bytes ? _scale.WithUnit(bytes) : "not measured")}")) + ".";

    public string Caption => "Bytes on the wire to the collector, compressed if the exporter compresses, over all requests of the arm.";

    public ReportSection Table => new(
        $"{Stem}-table", Title, Caption, ["Arm", "Exported per request"], [.. _rows.Select(row => (IReadOnlyList<string>)[Label(row.Arm), Reading(row.Bytes)])]);

    /// <summary>Gets the exported bytes per request of an arm; null where not measured.</summary>
    public static double? BytesOf(ArmAnalysis arm) => arm.Metrics.FirstOrDefault(comparison => comparison.Metric == MetricId.ExportedBytes)?.Value;

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        var left = _rows.Max(row => ChartFont.Measure(Name(row.Arm, frame), frame.TextPixels)) + (2 * ChartCanvas.Edge);
        var readings = _rows.Select(row => (IReadOnlyList<string>)[Reading(row.Bytes)]).ToArray();
        var columns = ReadingsPanel.Arrange(readings, frame.TextPixels);
        var (plot, height) = ChartCanvas.Create(frame, Title, left, columns[^1] + ChartCanvas.Edge, BottomPixels, _rows.Count * RowPixels);
        var most = _rows.Max(row => row.Bytes ?? 0);
        var end = most > 0 ? most * 1.02 : 1;
        plot.Axes.SetLimits(0, end, _rows.Count - 0.5, -0.5);
        ChartCanvas.LabelBottom(plot, frame, AxisTicks.Linear(0, end, frame.IsNarrow ? 3 : 5, MetricUnit.Bytes), "Exported per request");
        for (var row = 0; row < _rows.Count; row++)
        {
            if (_rows[row].Bytes is > 0 and { } bytes)
            {
                var bar = plot.Add.Rectangle(0, bytes, row - 0.3, row + 0.3);
                bar.FillColor = ChartPalette.Bar.OnPaper;
                bar.LineWidth = 0;
            }
        }

        var places = Enumerable.Range(0, _rows.Count).Select(row => (double)row).ToArray();
        plot.Axes.Left.SetTicks(places, [.. _rows.Select(row => Name(row.Arm, frame))]);
        plot.Axes.AddPanel(new ReadingsPanel(readings, columns, RowPixels, frame.TextPixels));
        plot.Add.VerticalLine(0, 1.5f, ChartPalette.Ink.OnPaper);
        return (plot, height);
    }

    private static string Label(ArmAnalysis arm) =>
        ArmLabel.For(arm.Role) is { } mark ? $"{DisplayText.Clean(arm.Name)} ({mark})" : DisplayText.Clean(arm.Name);

    private static string Name(ArmAnalysis arm, ChartFrame frame)
    {
        var mark = arm.Role == ArmRole.Control ? " (control)" : string.Empty;
        return ChartFont.Fit(arm.Name, frame.NamePixels - ChartFont.Measure(mark, frame.TextPixels), frame.TextPixels) + mark;
    }

    private string Reading(double? bytes) => bytes is { } value ? _scale.WithUnit(value) : "not measured";
}
