namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>A folder that is deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("perflab-report-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
