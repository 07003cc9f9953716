using PerfLab.Experiments;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>An empty plot in the house's style, with fixed margins so that nothing depends on what a library measures.</summary>
internal static class ChartCanvas
{
    /// <summary>Room between the edge and anything drawn, in pixels.</summary>
    public const float Edge = 8;

    private const float TitlePixels = 15;
    private const float TitleLinePixels = 21;

    /// <summary>Makes a plot with a title if the frame wants one.</summary>
    /// <param name="frame">The room.</param>
    /// <param name="title">What is seen.</param>
    /// <param name="left">Room for labels at the left, in pixels.</param>
    /// <param name="right">Room at the right, in pixels.</param>
    /// <param name="bottom">Room below, in pixels.</param>
    /// <param name="dataHeight">Height of what is drawn, in pixels.</param>
    /// <returns>The plot and its whole height in pixels.</returns>
    public static (Plot Plot, int HeightPixels) Create(ChartFrame frame, string title, float left, float right, float bottom, float dataHeight)
    {
        var plot = ChartFont.NewPlot();
        plot.HideGrid();
        plot.FigureBackground.Color = frame.ShowsTitle ? Colors.White : Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        foreach (var axis in plot.Axes.GetAxes())
        {
            Style(axis, frame);
        }

        var lines = frame.ShowsTitle ? ChartFont.Wrap(title, frame.WidthPixels - (4 * Edge), TitlePixels, bold: true) : [];
        var top = lines.Count == 0 ? Edge : (3 * Edge) + (lines.Count * TitleLinePixels);
        if (lines.Count > 0)
        {
            plot.Axes.AddPanel(new TitlePanel(lines, TitlePixels, TitleLinePixels));
        }

        plot.Layout.Fixed(new PixelPadding(left, right, bottom, top));
        return (plot, (int)Math.Ceiling(top + dataHeight + bottom));
    }

    /// <summary>Labels the horizontal axis: ticks with light lines through the plot, and what the axis shows.</summary>
    public static void LabelBottom(Plot plot, ChartFrame frame, AxisTicks ticks, string label)
    {
        foreach (var position in ticks.Positions)
        {
            var line = plot.Add.VerticalLine(position, 1, ChartPalette.Grid.OnPaper);
            line.IsDraggable = false;
        }

        plot.Axes.Bottom.SetTicks([.. ticks.Positions], [.. ticks.Labels]);
        plot.Axes.Bottom.Label.Text = label;
        plot.Axes.Bottom.Label.FontSize = frame.TextPixels;
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Bottom.Label.ForeColor = ChartPalette.Muted.OnPaper;
        plot.Axes.Bottom.FrameLineStyle.Width = 1;
        plot.Axes.Bottom.FrameLineStyle.Color = ChartPalette.Axis.OnPaper;
    }

    private static void Style(IAxis axis, ChartFrame frame)
    {
        axis.TickLabelStyle.FontSize = frame.TextPixels;
        axis.TickLabelStyle.ForeColor = ChartPalette.Ink.OnPaper;
        axis.MajorTickStyle.Length = 0;
        axis.MinorTickStyle.Length = 0;
        axis.MajorTickStyle.Color = ChartPalette.Axis.OnPaper;
        axis.MinorTickStyle.Color = ChartPalette.Axis.OnPaper;
        axis.FrameLineStyle.Width = 0;
        axis.FrameLineStyle.Color = ChartPalette.Axis.OnPaper;
    }
}

/// <summary>The room in which a chart is drawn.</summary>
/// <param name="WidthPixels">Width.</param>
/// <param name="ShowsTitle">Whether the chart carries its title; not where a page has it as a heading.</param>
internal sealed record ChartFrame(int WidthPixels, bool ShowsTitle)
{
    /// <summary>A chart as a file of its own.</summary>
    public static readonly ChartFrame File = new(760, ShowsTitle: true);

    /// <summary>A chart in the page on a wide screen.</summary>
    public static readonly ChartFrame Wide = new(540, ShowsTitle: false);

    /// <summary>A chart in the page on a telephone.</summary>
    public static readonly ChartFrame Narrow = new(330, ShowsTitle: false);

    /// <summary>Gets a value indicating whether labels must be short.</summary>
    public bool IsNarrow => WidthPixels < 420;

    /// <summary>Gets a value indicating whether there is room for intervals as figures; a page has them in its tables.</summary>
    public bool ShowsIntervals => ShowsTitle;

    /// <summary>Gets the size of text in pixels.</summary>
    public float TextPixels => IsNarrow ? 11 : 12;

    /// <summary>Gets the widest name of an arm in pixels.</summary>
    public float NamePixels => IsNarrow ? 92 : 150;
}

/// <summary>Where an axis has ticks and what stands there.</summary>
/// <param name="Positions">Places in the axis's coordinates.</param>
/// <param name="Labels">One for each.</param>
internal sealed record AxisTicks(IReadOnlyList<double> Positions, IReadOnlyList<string> Labels)
{
    // 1, 2 and 5 and their powers of ten are what a reader can divide by in the head.
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>Puts round ticks on a linear axis.</summary>
    /// <param name="low">Left end.</param>
    /// <param name="high">Right end.</param>
    /// <param name="count">About how many.</param>
    /// <param name="unit">The unit of the values.</param>
    public static AxisTicks Linear(double low, double high, int count, MetricUnit unit)
    {
        var rough = (high - low) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * Steps.First(factor => factor * power >= rough * 0.999);
        var first = (long)Math.Ceiling((low / step) - 1e-9);
        var last = (long)Math.Floor((high / step) + 1e-9);
        var positions = Enumerable.Range(0, (int)(last - first + 1)).Select(index => (first + index) * step).ToArray();
        return new AxisTicks(positions, [.. positions.Select(position => QuantityFormat.Tick(unit, position))]);
    }

    /// <summary>Puts 1, 2, 5, 10, ... on an axis that shows log10 of the values.</summary>
    /// <param name="low">Smallest value, above 0.</param>
    /// <param name="high">Largest value.</param>
    /// <param name="unit">The unit of the values.</param>
    public static AxisTicks Logarithmic(double low, double high, MetricUnit unit)
    {
        var values = Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
            .SelectMany(power => Steps[..3].Select(factor => factor * Math.Pow(10, power)))
            .Where(value => value >= low * 0.999 && value <= high * 1.001)
            .ToArray();
        return new AxisTicks([.. values.Select(Math.Log10)], [.. values.Select(value => QuantityFormat.Tick(unit, value))]);
    }
}

/// <summary>A title that starts at the left edge of the figure, on as many lines as it needs.</summary>
internal sealed class TitlePanel(IReadOnlyList<string> lines, float sizePixels, float linePixels) : IPanel
{
    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public bool ShowDebugInformation { get; set; }

    public Edge Edge => Edge.Top;

    public float Measure(Paint paint) => lines.Count * linePixels;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(0, dataRect.Right, dataRect.Top, dataRect.Top - Measure(paint));

    public void Render(RenderPack rp, float size, float offset)
    {
        var style = new LabelStyle
        {
            FontName = ChartFont.Family,
            Bold = true,
            FontSize = sizePixels,
            ForeColor = ChartPalette.Ink.OnPaper,
            Alignment = Alignment.UpperLeft,
        };
        for (var line = 0; line < lines.Count; line++)
        {
            style.Text = lines[line];
            style.Render(rp.Canvas, new Pixel(2 * ChartCanvas.Edge, (1.5f * ChartCanvas.Edge) + (line * linePixels)), rp.Paint);
        }
    }
}
