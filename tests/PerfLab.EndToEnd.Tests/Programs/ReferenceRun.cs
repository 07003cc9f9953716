using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace PerfLab.EndToEnd.Tests.Programs;

/// <summary>A run of <c>tests/ReferenceRuns</c>, unpacked into a folder of its own and without the files that a report makes.</summary>
internal sealed class ReferenceRun : IDisposable
{
    private static readonly string s_archives = System.IO.Path.Combine(Checkout.Root, "tests", "ReferenceRuns");

    private readonly TemporaryFolder _folder = new();

    public ReferenceRun(string name)
    {
        Name = name;
        using var archive = new GZipStream(File.OpenRead(System.IO.Path.Combine(s_archives, name + ".tar.gz")), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(archive, _folder.FullPath, overwriteFiles: false);
        foreach (var made in new[] { "analysis.json", "summary.json", "report.html", "report.md" })
        {
            File.Delete(System.IO.Path.Combine(Path, made));
        }
    }

    /// <summary>Every run in the folder, by name.</summary>
    public static TheoryData<string> Names { get; } =
        [.. Directory.GetFiles(s_archives, "*.tar.gz").Select(file => System.IO.Path.GetFileName(file)[..^".tar.gz".Length]).Order(StringComparer.Ordinal)];

    public string Name { get; }

    /// <summary>The run's folder.</summary>
    public string Path => System.IO.Path.Combine(_folder.FullPath, Name);

    /// <summary>What the summary said when the run was made.</summary>
    public JsonDocument SummaryOfThen() => JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(s_archives, Name + ".summary.json")));

    /// <summary>What it says now; after <c>report</c>.</summary>
    public JsonDocument SummaryOfNow() => JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(Path, "summary.json")));

    public Task<ProgramResult> ReportAsync(params string[] options) => Cli.RunAsync(["report", Path, .. options]);

    public void Dispose() => _folder.Dispose();
}
