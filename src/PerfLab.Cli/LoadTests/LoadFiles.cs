using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Reporting.LoadTests;

namespace PerfLab.Cli.LoadTests;

/// <summary>The files into which a load test's result is written.</summary>
/// <param name="Json">The whole result; null for none.</param>
/// <param name="JUnit">The thresholds as test cases; null for none.</param>
/// <param name="Csv">The seconds; null for none.</param>
/// <param name="Charts">Pictures of the spectrum.</param>
/// <param name="HistogramFolder">Folder of HdrHistogram logs; null for none.</param>
internal sealed record LoadFiles(string? Json, string? JUnit, string? Csv, IReadOnlyList<string> Charts, string? HistogramFolder)
{
    private static readonly string[] s_histogramLogs = ["response.hlog", "service.hlog", "lateness.hlog"];

    private string[] HistogramLogs => HistogramFolder is null ? [] : [.. s_histogramLogs.Select(name => Path.Combine(HistogramFolder, name))];

    /// <summary>Finds what would fail only after the load.</summary>
    public void Check(UsageFaults faults)
    {
        foreach (var file in new[] { Json, JUnit, Csv }.Concat(Charts).OfType<string>())
        {
            OutputFile.Check(file, "load", faults);
        }

        OutputFile.CheckDistinct(faults, [("--json", Json), ("--junit", JUnit), ("--csv", Csv), .. Charts.Select(chart => ("--chart", (string?)chart)), .. HistogramLogs.Select(log => ("--hdr", (string?)log))]);
        if (HistogramFolder is not null)
        {
            OutputFile.CheckFolder(HistogramFolder, "load --hdr", faults);
        }

        foreach (var log in HistogramLogs.Where(Path.Exists))
        {
            OutputFile.Check(log, "load --hdr", faults);
        }

        foreach (var chart in Charts)
        {
            faults.Unless(LoadTestReport.CanWriteChart(chart), $"'{chart}' ends neither in .png nor in .svg (--chart). Give it one of the two endings.");
        }
    }

    /// <summary>Writes the files.</summary>
    /// <returns>The files that were written.</returns>
    public IReadOnlyList<string> Write(LoadTestRecord record, LatencyRecorder recorder)
    {
        List<string> written = [];
        if (Json is not null)
        {
            RunFolder.Write(Json, record);
            written.Add(Json);
        }

        if (JUnit is not null)
        {
            NamedOutput.Write(JUnit, JUnitReport.Of(record));
            written.Add(JUnit);
        }

        if (Csv is not null)
        {
            NamedOutput.Write(Csv, TimelineCsv.Write(record.Timeline));
            written.Add(Csv);
        }

        written.AddRange(Charts.Where(chart => LoadTestReport.WriteChart(record, chart)));
        if (HistogramFolder is not null)
        {
            Directory.CreateDirectory(HistogramFolder);
            recorder.WriteLogs(HistogramLogs[0], HistogramLogs[1], HistogramLogs[2]);
            written.Add(HistogramFolder);
        }

        return written;
    }
}
