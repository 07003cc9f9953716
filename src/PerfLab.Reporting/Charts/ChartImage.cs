using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>Draws a chart into a file's bytes.</summary>
internal static class ChartImage
{
    // Two pixels for each: sharp on today's screens and in a printed page.
    private const int PngScale = 2;

    /// <summary>Draws it as PNG.</summary>
    public static byte[] Png(IChart chart)
    {
        var (plot, height) = chart.Draw(ChartFrame.File);
        using (plot)
        {
            plot.ScaleFactor = PngScale;
            return plot.GetImage(ChartFrame.File.WidthPixels * PngScale, height * PngScale).GetImageBytes(ImageFormat.Png);
        }
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
