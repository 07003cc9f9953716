namespace PerfLab.Experiments.Results;

/// <summary>
/// Says that somebody writes into the folder of a run, for as long as the process lives: a file that is open and that nobody else
/// can open meanwhile. The system closes it with the process, also when that is killed.
/// </summary>
public sealed class RunLock : IDisposable
{
    private const string FileName = ".running";

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The run's folder; exists.</param>
    /// <exception cref="InvalidDataException">Another process has it.</exception>
    public static RunLock Take(string folder) => TryTake(folder)
        ?? throw new InvalidDataException($"{folder}: another PerfLab is writing into this run. Wait until it has ended.");

    /// <summary>Takes the lock where nobody has it.</summary>
    /// <param name="folder">The run's folder; exists.</param>
    /// <returns>Null when another process has it.</returns>
    public static RunLock? TryTake(string folder) => TryOpen(folder, FileMode.OpenOrCreate) is { } file ? new RunLock(file) : null;

    /// <summary>Tells what the file says.</summary>
    /// <param name="folder">The run's folder; exists.</param>
    /// <returns>Whether somebody has the lock; null where nobody ever had, or gave it back.</returns>
    public static bool? IsTaken(string folder)
    {
        if (!File.Exists(Path.Combine(folder, FileName)))
        {
            return null;
        }

        // Closing it would remove the file, which says that the run was killed.
        using var file = TryOpen(folder, FileMode.Open, FileOptions.None);
        return file is null;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string folder, FileMode mode, FileOptions options = FileOptions.DeleteOnClose)
    {
        try
        {
            return new FileStream(Path.Combine(folder, FileName), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, options);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>Folders of processes that were killed, and of no other: a folder says by its <see cref="RunLock"/> whether its holder lives.</summary>
public static class LeftFolders
{
    // Hidden ones, whose names begin with a dot, among them.
    private static readonly EnumerationOptions s_reachable = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Gets where temporary folders are made, the preferred place first; some may not exist.</summary>
    public static IReadOnlyList<string> TemporaryParents { get; } =
        [.. new[] { Path.GetTempPath(), Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), "/tmp", "/var/tmp" }.OfType<string>().Where(path => path.Length > 0)];

    /// <summary>Makes a temporary folder that nobody else may read.</summary>
    /// <param name="prefix">How its name begins.</param>
    /// <exception cref="IOException">It cannot be made; the message names the place and the variable that chooses it.</exception>
    public static DirectoryInfo CreateTemporary(string prefix)
    {
        try
        {
            return Directory.CreateTempSubdirectory(prefix);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"No temporary folder can be made in {Path.GetTempPath()} (TMPDIR): {error.Message} Set TMPDIR to a folder that exists and that you may write.", error);
        }
    }

    /// <summary>Removes temporary folders of PerfLab.</summary>
    /// <param name="parents">Where they may lie.</param>
    /// <returns>Those that were removed.</returns>
    public static IReadOnlyList<string> RemoveTemporary(IReadOnlyList<string> parents) =>
    [
        .. parents.Where(Directory.Exists)
            .Select(parent => Path.TrimEndingDirectorySeparator(Path.GetFullPath(parent)))
            .Distinct(StringComparer.Ordinal)
            .SelectMany(parent => Directory.EnumerateDirectories(parent, "perflab-*", s_reachable))
            .Where(TryRemoveLeft),
    ];

    /// <summary>Removes launch sets that were not finished, and the files of their processes, from runs that nobody writes any more.</summary>
    /// <param name="results">The folder of runs.</param>
    /// <returns>The folders that were removed.</returns>
    public static IReadOnlyList<string> RemoveUnfinished(string results) =>
        [.. new[] { results, Path.Combine(results, "capacity") }.Where(Directory.Exists).SelectMany(runs => Directory.EnumerateDirectories(runs, "*", s_reachable)).SelectMany(RemoveUnfinishedOf)];

    // Capacity searches number their launch sets in a folder of their own.
    private static string[] RemoveUnfinishedOf(string run)
    {
        string[] unfinished =
        [
            .. new[] { run, Path.Combine(run, "launches") }.Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateDirectories(folder, ".launch-*.unfinished", s_reachable).Concat(Directory.EnumerateDirectories(folder, "*.scratch", s_reachable))),
        ];
        if (unfinished.Length == 0 || RunLock.IsTaken(run) != false)
        {
            return [];
        }

        // The file stays where it is: it says that the run was killed.
        return [.. unfinished.Where(TryDelete)];
    }

    // What cannot be removed stays: it must not keep anything from starting.
    private static bool TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryRemoveLeft(string folder)
    {
        if (RunLock.IsTaken(folder) != false)
        {
            return false;
        }

        using (var held = RunLock.TryTake(folder))
        {
            if (held is null)
            {
                return false;
            }
        }

        return TryDelete(folder);
    }
}
