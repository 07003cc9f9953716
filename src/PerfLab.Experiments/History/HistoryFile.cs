using System.Diagnostics;
using System.Text;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.History;

/// <summary>
/// The history of a gate: JSON lines that are only ever added to. A line is written in one piece while a lock file is held, so
/// that two writers do not mix; what cannot be written completely is taken back.
/// </summary>
/// <param name="Path">The path of the file.</param>
public sealed record HistoryFile(string Path)
{
    private static readonly TimeSpan s_lockLimit = TimeSpan.FromSeconds(30);

    // The other writer holds the lock for the time of one write.
    private static readonly TimeSpan s_lockPollInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets the history of a gate: <c>history/NAME.jsonl</c> in the folder of runs.</summary>
    /// <param name="resultsRoot">The folder of runs.</param>
    /// <param name="name">The name of the policy.</param>
    public static HistoryFile Of(string resultsRoot, string name) => new(System.IO.Path.Combine(resultsRoot, "history", name + ".jsonl"));

    /// <summary>Adds a night. An unfinished last line is ended first, so that it costs no more than itself.</summary>
    /// <exception cref="IOException">The file cannot be written, or another writer held the lock for too long; the file is as it was.</exception>
    public void Append(HistoryEntry entry)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        using var held = Lock();
        using var file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var before = file.Length;
        var line = Encoding.UTF8.GetBytes((EndsUnfinished(file) ? "\n" : string.Empty) + ResultsJson.SerializeLine(entry));
        file.Seek(0, SeekOrigin.End);
        try
        {
            file.Write(line);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(before);
            throw;
        }
    }

    /// <summary>Reads the nights and what is damaged. A file that does not exist has none.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public HistoryReading Read()
    {
        if (!File.Exists(Path))
        {
            return new HistoryReading([], []);
        }

        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return HistoryReader.Read(content.ToArray());
    }

    private static bool EndsUnfinished(FileStream file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    // The lock is the operating system's and goes with the process; the file stays, because removing it would let a third writer in.
    private FileStream Lock()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.Elapsed < s_lockLimit && File.Exists(Path + ".lock"))
            {
                Thread.Sleep(s_lockPollInterval);
            }
        }
    }
}
