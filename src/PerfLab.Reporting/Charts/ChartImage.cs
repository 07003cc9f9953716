using PerfLab.Reporting.Content;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>Draws a chart into a file's bytes.</summary>
internal static class ChartImage
{
    // Two pixels for each: sharp on today's screens and in a printed page.
    private const int PngScale = 2;

    /// <summary>Loads the drawing library and compiles its code, by a plot that nobody sees.</summary>
    public static void Prepare()
    {
        using var plot = ChartFont.NewPlot();
        plot.Add.Scatter(0, 1);
        plot.GetSvgHtml(ChartFrame.File.WidthPixels, ChartFrame.File.WidthPixels);
        using var pixels = plot.GetImage(ChartFrame.File.WidthPixels, ChartFrame.File.WidthPixels);
    }

    /// <summary>Draws it as pixels.</summary>
    public static Image Pixels(IChart chart)
    {
        var (plot, height) = chart.Draw(ChartFrame.File);
        using (plot)
        {
            plot.ScaleFactor = PngScale;
            return plot.GetImage(ChartFrame.File.WidthPixels * PngScale, height * PngScale);
        }
    }

    /// <summary>Compresses it as PNG; other than drawing, this may be done at the same time as anything else.</summary>
    public static byte[] Png(Image pixels) => pixels.GetImageBytes(ImageFormat.Png);

    /// <summary>Draws it as PNG.</summary>
    public static byte[] Png(IChart chart)
    {
        using var pixels = Pixels(chart);
        return Png(pixels);
    }

    /// <summary>Draws it as an SVG file.</summary>
    public static string SvgFile(IChart chart)
    {
        var (plot, height) = chart.Draw(ChartFrame.File);
        using (plot)
        {
            return new SvgRewriter(chart.Stem).ToFile(plot.GetSvgHtml(ChartFrame.File.WidthPixels, height), chart.Title, chart.Description);
        }
    }

    /// <summary>Draws it as an SVG element for a page; two of one chart need different keys.</summary>
    public static string SvgElement(IChart chart, ChartFrame frame, string key)
    {
        var (plot, height) = chart.Draw(frame);
        using (plot)
        {
            return new SvgRewriter($"{chart.Stem}-{key}").ToElement(plot.GetSvgHtml(frame.WidthPixels, height), chart.Description, key);
        }
    }
}

/// <summary>A chart of a run.</summary>
internal interface IChart
{
    /// <summary>Gets the name of its files without the ending.</summary>
    string Stem { get; }

    /// <summary>Gets what is seen, as a sentence without a full stop.</summary>
    string Title { get; }

    /// <summary>Gets the same in words, for who cannot see it.</summary>
    string Description { get; }

    /// <summary>Gets how to read it.</summary>
    string Caption { get; }

    /// <summary>Gets the same as a table; null where a section has it.</summary>
    ReportSection? Table => null;

    /// <summary>Draws it.</summary>
    /// <returns>The plot and its height in pixels.</returns>
    (Plot Plot, int HeightPixels) Draw(ChartFrame frame);
}
