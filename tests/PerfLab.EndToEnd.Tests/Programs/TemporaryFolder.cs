namespace PerfLab.EndToEnd.Tests.Programs;

/// <summary>A folder with spaces, an apostrophe and an umlaut in its name, removed after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("PerfLab's tests, größer ").FullName;

    public string Write(string relativePath, string content)
    {
        var path = Path.Combine(FullPath, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
