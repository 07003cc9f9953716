using System.Formats.Tar;
using System.IO.Compression;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>Reports of the runs in <c>tests/ReferenceRuns</c>, which were measured with real services.</summary>
internal static class ReferenceReports
{
    public const string Smoke = "20261129T005103Z-smoke-ff22";
    public const string Sampling = "20261129T010026Z-sampling-5ab8";
    public const string Tail = "20261129T024718Z-tail-62c8";

    public static string Html(string run)
    {
        using var folder = new TemporaryFolder();
        using (var archive = new GZipStream(File.OpenRead(Path.Combine(Archives(), run + ".tar.gz")), CompressionMode.Decompress))
        {
            TarFile.ExtractToDirectory(archive, folder.Path, overwriteFiles: false);
        }

        var files = RunFolder.Find(folder.Path, run);
        var (plan, outcome) = (files.ReadPlan(), files.ReadOutcome());
        var analysis = RunAnalyzer.Analyze(files.ReadManifest(), plan, files.ReadLaunches(plan), files.ReadVoidedLaunches(plan), outcome, files.ReadNoise());
        return HtmlReport.Write(ReportComposer.Compose(analysis, outcome), ChartSet.For(analysis));
    }

    private static string Archives()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PerfLab.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "ReferenceRuns");
            }
        }

        throw new DirectoryNotFoundException($"PerfLab.sln is in no folder above {AppContext.BaseDirectory}. Build and run the tests inside the checkout.");
    }
}
