using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>The files of a report in a folder of their own, deleted at the end.</summary>
internal sealed class ReportFiles : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public ReportFiles(SyntheticRun run)
    {
        Folder = new RunFolder(Path.Combine(_root.Path, "run"));
        Directory.CreateDirectory(Folder.Path);
        Write(run);
    }

    public RunFolder Folder { get; }

    public string Html => File.ReadAllText(Folder.HtmlReportFile);

    public string Markdown => File.ReadAllText(Folder.MarkdownReportFile);

    public void Write(SyntheticRun run) =>
        ReportWriter.Write(Folder, run.Analysis(), run.Outcome());

    /// <summary>Reads every file by its path inside the folder.</summary>
    public SortedDictionary<string, byte[]> ReadAll() => new(
        Directory.GetFiles(Folder.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(Folder.Path, file).Replace('\\', '/'), File.ReadAllBytes),
        StringComparer.Ordinal);

    public void Dispose() => _root.Dispose();
}
