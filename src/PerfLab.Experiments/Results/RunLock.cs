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
