using System.Globalization;
using System.Text.RegularExpressions;

namespace PerfLab.Experiments.Results;

/// <summary>A run, a capacity search or a diagnosis in the folder of results.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Started">When it began, by its name.</param>
/// <param name="Kind">Which of them.</param>
public sealed record StoredRun(string Path, DateTimeOffset Started, StoredRunKind Kind);

/// <summary>What lies in the folder of results under the name of a run.</summary>
public enum StoredRunKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>A run of a scenario.</summary>
    Run = 1,

    /// <summary>A capacity search.</summary>
    Capacity = 2,

    /// <summary>A diagnosis.</summary>
    Diagnosis = 3,
}

/// <summary>Which runs stay: the newest, and the young ones.</summary>
/// <param name="Keep">How many stay at least, of runs, capacity searches and diagnoses each; null for none.</param>
/// <param name="OlderThan">The age up to which all stay; null for none.</param>
public sealed partial record RunRetention(int? Keep, TimeSpan? OlderThan)
{
    // The longest budget and what a run may take beyond it; then it has ended, whatever its folder says.
    private static readonly TimeSpan s_longestRun = TimeSpan.FromHours(31);

    private static readonly EnumerationOptions s_allFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Finds all runs: folders that are named like one and hold its first file. Links, and what else lies there, are none.</summary>
    /// <param name="results">The folder of results.</param>
    /// <returns>The oldest first.</returns>
    public static IReadOnlyList<StoredRun> Find(string results) =>
    [
        .. FindIn(results, "manifest.json", StoredRunKind.Run)
            .Concat(FindIn(System.IO.Path.Combine(results, "capacity"), "capacity.json", StoredRunKind.Capacity))
            .Concat(FindIn(results, DiagnosisRecord.FileName, StoredRunKind.Diagnosis))
            .OrderBy(run => run.Started)
            .ThenBy(run => run.Path, StringComparer.Ordinal),
    ];

    /// <summary>Chooses those that go: neither among the newest nor young enough.</summary>
    /// <param name="runs">All runs.</param>
    /// <param name="now">The time.</param>
    /// <returns>In the order of <paramref name="runs"/>.</returns>
    public IReadOnlyList<StoredRun> Choose(IReadOnlyList<StoredRun> runs, DateTimeOffset now)
    {
        var newest = Keep is { } keep
            ? runs.GroupBy(run => run.Kind).SelectMany(kind => kind.OrderByDescending(run => run.Started).ThenByDescending(run => run.Path, StringComparer.Ordinal).Take(keep)).ToHashSet()
            : [];
        return [.. runs.Where(run => !newest.Contains(run) && !(now - run.Started <= OlderThan))];
    }

    /// <summary>Tells whether a run may still be written: somebody holds it, or it has not said how it ended and is young.</summary>
    /// <param name="run">The run.</param>
    /// <param name="now">The time.</param>
    public static bool MayBeRunning(StoredRun run, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        return RunLock.IsTaken(run.Path) ?? (run.Kind != StoredRunKind.Diagnosis && !File.Exists(System.IO.Path.Combine(run.Path, LastFileOf(run.Kind))) && now - LastWrite(run.Path) < s_longestRun);
    }

    /// <summary>Gets the length of all files of a run.</summary>
    public static long BytesOf(StoredRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new DirectoryInfo(run.Path).EnumerateFiles("*", s_allFiles).Sum(file => file.Length);
    }

    /// <summary>Removes a run, unless somebody writes it at this moment.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Whether it was removed.</returns>
    public static bool TryRemove(StoredRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using (var hold = RunLock.TryTake(run.Path))
        {
            if (hold is null)
            {
                return false;
            }
        }

        Directory.Delete(run.Path, recursive: true);
        return true;
    }

    private static string LastFileOf(StoredRunKind kind) => kind switch
    {
        StoredRunKind.Capacity => "capacity.txt",
        _ => "outcome.json",
    };

    private static IEnumerable<StoredRun> FindIn(string folder, string firstFile, StoredRunKind kind) => Directory.Exists(folder)
        ? from directory in new DirectoryInfo(folder).EnumerateDirectories()
          let started = StartOf(directory.Name)
          where started is not null && directory.LinkTarget is null && File.Exists(System.IO.Path.Combine(directory.FullName, firstFile))
          select new StoredRun(directory.FullName, started.Value, kind)
        : [];

    private static DateTimeOffset? StartOf(string name) => NamePattern().Match(name) is { Success: true } match
        && DateTimeOffset.TryParseExact(match.Groups["utc"].Value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var started)
        ? started
        : null;

    private static DateTimeOffset LastWrite(string folder) =>
        new(new DirectoryInfo(folder).EnumerateFileSystemInfos("*", s_allFiles).Select(entry => entry.LastWriteTimeUtc).Append(Directory.GetLastWriteTimeUtc(folder)).Max(), TimeSpan.Zero);

    [GeneratedRegex(@"^(?<utc>[0-9]{8}T[0-9]{6}Z)-[a-z][a-z0-9-]*-[a-z0-9]{4,12}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}
