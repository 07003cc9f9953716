using PerfLab.Analysis.Calibration;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>What was put in against what was found, with intervals, beside the line on which both are the same.</summary>
internal sealed class CalibrationChart : IChart
{
    private const float BottomPixels = 46;
    private const float LeftPixels = 78;
    private const float HeightPixels = 300;

    private readonly CalibrationSeries _series;
    private readonly QuantityFormat _scale;
    private readonly string _caveat;

    /// <summary>Makes the chart of one kind of cost, which has at least one size.</summary>
    public CalibrationChart(string caveat, CalibrationSeries series)
    {
        _caveat = caveat;
        _series = series;
        _scale = CalibrationWording.ScaleOf(series);
        Stem = series.Kind switch
        {
            KnownCostKind.Cpu => "calibration-cpu",
            KnownCostKind.Bytes => "calibration-bytes",
            KnownCostKind.Delay => "calibration-delay",
            KnownCostKind.CpuBursts => "calibration-cpu-bursts",
            _ => "calibration-byte-bursts",
        };
    }

    public string Stem { get; }

    public string Title => _caveat + (_series.Slope is { } slope
        ? $"{CalibrationWording.NameOf(_series.Kind)}: slope {CalibrationWording.Slope(slope)}"
        : CalibrationWording.NameOf(_series.Kind));

    public string Description => $"Put in and found, against {DisplayText.Clean(_series.Reference)}. " + string.Join("; ", _series.Points.Select(Words)) + ".";

    public string Caption => "Line: what was put in is what is found. Bars: 95 % intervals over launch sets; an open mark is one whose interval misses what was put in.";

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        var (plot, height) = ChartCanvas.Create(frame, Title, LeftPixels, 2 * ChartCanvas.Edge, BottomPixels, HeightPixels);
        var (low, high) = Limits();
        plot.Axes.SetLimits(0, high, low, high);
        var unit = CalibrationWording.UnitOf(_series);
        ChartCanvas.LabelBottom(plot, frame, AxisTicks.Linear(0, high, frame.IsNarrow ? 3 : 6, unit), "Put in, per request");
        LabelLeft(plot, AxisTicks.Linear(low, high, 5, unit));
        var same = plot.Add.Line(0, 0, high, high);
        same.LineWidth = 1.5f;
        same.LineColor = ChartPalette.Axis.OnPaper;
        foreach (var point in _series.Points)
        {
            var bar = plot.Add.Line(point.Injected, point.Measured.Low, point.Injected, point.Measured.High);
            bar.LineWidth = 2.5f;
            bar.LineColor = ChartPalette.Bar.OnPaper;
            var mark = plot.Add.Marker(point.Injected, point.Measured.Estimate, point.IsCovered ? MarkerShape.FilledCircle : MarkerShape.OpenCircle, 9, ChartPalette.Bar.OnPaper);
            mark.LineWidth = 2;
        }

        return (plot, height);
    }

    private static void LabelLeft(Plot plot, AxisTicks ticks)
    {
        foreach (var position in ticks.Positions)
        {
            plot.Add.HorizontalLine(position, 1, ChartPalette.Grid.OnPaper);
        }

        plot.Axes.Left.SetTicks([.. ticks.Positions], [.. ticks.Labels]);
    }

    private string Words(CalibrationPoint point) =>
        $"{DisplayText.Clean(point.Arm)}: put in {_scale.WithUnit(point.Injected)}, found {_scale.WithUnit(point.Measured.Estimate)} ({_scale.Number(point.Measured.Low)} to {_scale.Number(point.Measured.High)})";

    private (double Low, double High) Limits()
    {
        var high = 1.08 * _series.Points.Max(point => Math.Max(point.Injected, point.Measured.High));
        return (Math.Min(0, 1.08 * _series.Points.Min(point => point.Measured.Low)), high);
    }
}
