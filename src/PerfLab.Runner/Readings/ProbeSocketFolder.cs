using System.Text;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Readings;

/// <summary>
/// A folder for probe sockets that only this user may enter: under the system's temporary folder, or where that has too long a
/// path for a Unix socket, under one with a short path. It is held like the folder of a run, so that one that a killed process has
/// left is recognized and removed.
/// </summary>
internal sealed class ProbeSocketFolder : IDisposable
{
    // sockaddr_un holds 108 bytes on Linux and 104 on macOS, with the zero at the end.
    private const int LongestSocketPath = 103;

    // "/perflab-XXXXXXXX/" and the number of a process with ".sock".
    private const int RoomBelow = 18 + 15;

    private readonly RunLock? _held;

    /// <summary>Creates the folder.</summary>
    /// <exception cref="IOException">No folder with a short enough path can be created; the message names those that were tried.</exception>
    public ProbeSocketFolder()
        : this(LeftFolders.TemporaryParents)
    {
    }

    /// <param name="parents">Where it may be created, the preferred one first; null and folders that do not exist are left out.</param>
    internal ProbeSocketFolder(IReadOnlyList<string?> parents)
    {
        string[] fitting = [.. parents.OfType<string>().Where(parent => Directory.Exists(parent) && IsShort(parent))];
        Path = fitting.Select(Create).FirstOrDefault(path => path is not null)
            ?? throw new IOException($"No folder for the probe's Unix sockets can be created in {string.Join(", ", parents.OfType<string>())} (TMPDIR): the path of a socket has at most {LongestSocketPath} bytes. Set TMPDIR to an existing folder with a short path.");
        _held = RunLock.TryTake(Path);
    }

    /// <summary>Gets the path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _held?.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private static bool IsShort(string parent) => Encoding.UTF8.GetByteCount(parent.TrimEnd(System.IO.Path.DirectorySeparatorChar)) + RoomBelow <= LongestSocketPath;

    // The name cannot be guessed, so that nobody else can have made it before.
    private static string? Create(string parent)
    {
        try
        {
            var path = System.IO.Path.Combine(parent, "perflab-" + System.IO.Path.GetRandomFileName()[..8]);
            return OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path).FullName
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
