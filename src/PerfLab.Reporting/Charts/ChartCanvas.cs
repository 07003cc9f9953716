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
