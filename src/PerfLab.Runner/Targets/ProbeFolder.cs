namespace PerfLab.Runner.Targets;

/// <summary>A folder for probe sockets: under the system's temporary folder, because socket paths must be short.</summary>
internal sealed class ProbeFolder : IDisposable
{
    /// <summary>Gets the path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("perflab-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
