using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;
using ScottPlot;

namespace PerfLab.Reporting;

/// <summary>Writes the reports of a run. The same input gives the same bytes: nothing is read from a clock or from the machine.</summary>
public static class ReportWriter
{
    /// <summary>
    /// Writes <c>summary.json</c>, <c>report.html</c>, <c>report.md</c>, <c>waterfalls.json</c> and <c>charts/*.svg</c> and <c>*.png</c> into the run's
    /// folder. Those of an earlier report are replaced; a chart without a single number is not written, nor are waterfalls without a trace.
    /// </summary>
    /// <param name="folder">The run's folder, which exists.</param>
    /// <param name="analysis">What the numbers say.</param>
    /// <param name="outcome">How the run ended; null when it was interrupted before it could say.</param>
    /// <param name="traceUi">Where shown traces can be looked at; null links none.</param>
    /// <param name="options">What the command that writes the report again needs behind the run, with a blank before each.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(RunFolder folder, RunAnalysis analysis, RunOutcome? outcome, TraceUi? traceUi = null, string options = "")
    {
        var content = ReportComposer.Compose(analysis, outcome, traceUi, options);
        var charts = ChartSet.For(analysis);

        // Drawing takes as long as everything else, and stays on one thread.
        RecreateChartsFolder(folder);
        IReadOnlyList<(string File, Image Pixels)> pixels = [];
        var (page, markdown) = (string.Empty, string.Empty);
        Concurrently.Invoke(
            () => pixels = [.. charts.Select(chart => (ChartFile(folder, chart, ".png"), ChartImage.Pixels(chart)))],
            () =>
            {
                RunFolder.Write(folder.SummaryFile, RunSummary.From(analysis));
                WriteWaterfalls(folder.WaterfallFile, analysis);
                markdown = MarkdownReport.Write(content, charts);
            });
        Concurrently.Invoke(
            () =>
            {
                foreach (var chart in charts)
                {
                    WriteFile(ChartFile(folder, chart, ".svg"), ChartImage.SvgFile(chart));
                }

                page = HtmlReport.Write(content, charts);
            },
            () =>
            {
                foreach (var (file, image) in pixels)
                {
                    using (image)
                    {
                        File.WriteAllBytes(file, ChartImage.Png(image));
                    }
                }
            });

        // Last, so that neither stands beside pictures that could not be written.
        WriteFile(folder.MarkdownReportFile, markdown);
        WriteFile(folder.HtmlReportFile, page);
        PrivateFolder.Close(folder.Path);
    }

    /// <summary>Loads and compiles what draws: it may be done while the run is still read.</summary>
    public static void Prepare() => ChartImage.Prepare();

    /// <summary>Writes the shown traces as trace events, or removes the file where none is shown.</summary>
    internal static void WriteWaterfalls(string file, RunAnalysis analysis)
    {
        if (WaterfallEvents.Write(analysis) is { } events)
        {
            WriteFile(file, events);
        }
        else
        {
            File.Delete(file);
        }
    }

    private static void RecreateChartsFolder(RunFolder folder)
    {
        if (Directory.Exists(folder.ChartsFolder))
        {
            Directory.Delete(folder.ChartsFolder, recursive: true);
        }

        Directory.CreateDirectory(folder.ChartsFolder);
    }

    private static string ChartFile(RunFolder folder, IChart chart, string ending) => Path.Combine(folder.ChartsFolder, chart.Stem + ending);

    // Completely or not at all: a full disk must not leave half a page that looks like a whole one.
    private static void WriteFile(string path, string text)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
