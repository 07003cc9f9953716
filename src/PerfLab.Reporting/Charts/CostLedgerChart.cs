using PerfLab.Analysis;
using PerfLab.Experiments;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>The layers of each arm, stacked, one bar for each arm from the top, with what the run measured as a line with its interval.</summary>
/// <param name="arms">The arms.</param>
internal sealed class CostLedgerChart(IReadOnlyList<ArmCostLedger> arms) : IChart
{
    private const float RowPixels = 34;
    private const float AxisPixels = 46;
    private const float LinePixels = 20;

    private static readonly CostLedgerPart[] s_parts = [.. Enum.GetValues<CostLedgerPart>().Where(part => part != CostLedgerPart.Unknown)];

    public string Stem => "ledger";

    public string Title => "What each layer adds in CPU time per request, and what the run measured";

    public string Description => string.Join("; ", arms.Select(arm =>
        $"{DisplayText.Clean(arm.Arm)}: layers {Time(arm.SumNanosecondsPerRequest.Mean)}, measured {(arm.MeasuredNanosecondsPerRequest is { } measured ? Time(measured.Mean) : "nothing")}")) + ".";

    public string Caption => "Bars: layers from micro benchmarks, times their number per request, and the collector's pauses. Line: the measured overhead with its 95 % interval.";

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame)
    {
        string[] names = [.. s_parts.Select(NameOf), "garbage collector"];
        var layout = LegendLayout.Arrange(names, 28, frame.WidthPixels - (4 * ChartCanvas.Edge), frame.TextPixels);
        var left = arms.Max(arm => ChartFont.Measure(Name(arm, frame), frame.TextPixels)) + (2 * ChartCanvas.Edge);
        var (plot, height) = ChartCanvas.Create(frame, Title, left, 3 * ChartCanvas.Edge, AxisPixels + (layout.Lines * LinePixels), arms.Count * RowPixels);
        var end = 1.05 * arms.Max(arm => Math.Max(Parts(arm).Sum(part => Math.Max(0, part)), arm.MeasuredNanosecondsPerRequest?.High ?? 0)) / 1e9;
        plot.Axes.SetLimits(0, end > 0 ? end : 1, arms.Count - 0.5, -0.5);
        ChartCanvas.LabelBottom(plot, frame, AxisTicks.Linear(0, end > 0 ? end : 1, frame.IsNarrow ? 3 : 5, MetricUnit.Seconds), "CPU time per request above the baseline");
        for (var row = 0; row < arms.Count; row++)
        {
            Stack(plot, arms[row], row);
        }

        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, arms.Count).Select(row => (double)row)], [.. arms.Select(arm => Name(arm, frame))]);
        plot.Axes.AddPanel(new LegendPanel(
            [.. names.Select((_, index) => new LegendKey(Color(index), MarkerShape.None, 8))], layout, 2 * ChartCanvas.Edge, AxisPixels, LinePixels, frame.TextPixels));
        return (plot, height);
    }

    /// <summary>Names a layer.</summary>
    public static string NameOf(CostLedgerPart part) => part switch
    {
        CostLedgerPart.Propagation => "propagation",
        CostLedgerPart.AspNetCore => "ASP.NET Core instrumentation",
        CostLedgerPart.HttpClient => "HttpClient instrumentation",
        CostLedgerPart.OwnSpans => "own spans",
        CostLedgerPart.OwnAttributes => "own attributes",
        CostLedgerPart.Processor => "batch processor",
        CostLedgerPart.Serialization => "serialization",
        CostLedgerPart.Export => "export",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "This layer has no name. Add it here."),
    };

    private static void Stack(Plot plot, ArmCostLedger arm, int row)
    {
        var start = 0.0;
        foreach (var (nanoseconds, index) in Parts(arm).Select((nanoseconds, index) => (nanoseconds, index)).Where(part => part.nanoseconds > 0))
        {
            var bar = plot.Add.Rectangle(start, start + (nanoseconds / 1e9), row - 0.3, row + 0.3);
            bar.FillColor = Color(index).OnPaper;
            bar.LineWidth = 0;
            start += nanoseconds / 1e9;
        }

        if (arm.MeasuredNanosecondsPerRequest is { } measured)
        {
            plot.Add.Line(measured.Mean / 1e9, row - 0.4, measured.Mean / 1e9, row + 0.4).LineColor = ChartPalette.Ink.OnPaper;
            plot.Add.Line(measured.Low / 1e9, row, measured.High / 1e9, row).LineColor = ChartPalette.Ink.OnPaper;
        }
    }

    // In the order of the legend; a layer that an arm does not have is 0.
    private static IEnumerable<double> Parts(ArmCostLedger arm) =>
        s_parts.Select(part => arm.Rows.FirstOrDefault(row => row.Part == part)?.NanosecondsPerRequest.Mean ?? 0).Append(arm.CollectorNanosecondsPerRequest?.Mean ?? 0);

    // The collector comes last, and in grey.
    private static ChartColor Color(int index) => index < s_parts.Length ? ChartPalette.Series[index] : ChartPalette.Axis;

    private static string Name(ArmCostLedger arm, ChartFrame frame) => ChartFont.Fit(arm.Arm, frame.NamePixels, frame.TextPixels);

    private static string Time(double nanoseconds) => QuantityFormat.For(MetricUnit.Seconds, nanoseconds / 1e9).WithUnit(nanoseconds / 1e9);
}
