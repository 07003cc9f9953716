using PerfLab.Experiments.Results.LoadTests;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Reporting.LoadTests;

/// <summary>What a person sees of a load test. Made from its record alone, so that a record on disk shows the same.</summary>
public static class LoadTestReport
{
    /// <summary>Composes the lines of the result, aligned for a font of fixed width and at most 100 characters.</summary>
    /// <param name="record">The load test.</param>
    public static IReadOnlyList<TerminalText> Compose(LoadTestRecord record) =>
        [.. LoadTestHeading.Of(record), .. LatencyTable.Of(record), .. SpectrumText.Of(record), .. LoadTestClosing.Of(record)];

    /// <summary>Draws the percentile spectrum of response time and service time.</summary>
    /// <param name="record">The load test.</param>
    /// <param name="path">A file that ends in <c>.png</c> or <c>.svg</c>; it is replaced.</param>
    /// <returns>False when there are too few answers to draw anything; then nothing is written.</returns>
    /// <exception cref="ArgumentException">The file has another ending.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static bool WriteChart(LoadTestRecord record, string path)
    {
        if (!CanWriteChart(path))
        {
            throw new ArgumentException($"'{path}' ends neither in .png nor in .svg (chart). Give it one of the two endings.", nameof(path));
        }

        if (!LoadSpectrumChart.CanShow(record))
        {
            return false;
        }

        var chart = new LoadSpectrumChart(record);
        if (path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            File.WriteAllBytes(path, ChartImage.Png(chart));
        }
        else
        {
            File.WriteAllText(path, ChartImage.SvgFile(chart));
        }

        return true;
    }

    /// <summary>Says whether charts can be written into a file of this name.</summary>
    /// <param name="path">The file.</param>
    public static bool CanWriteChart(string path) =>
        path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);
}
