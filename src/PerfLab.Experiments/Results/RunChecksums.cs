using System.Security.Cryptography;
using System.Text;

namespace PerfLab.Experiments.Results;

/// <summary>
/// <c>SHA256SUMS</c> of a run, as <c>sha256sum</c> writes and checks it: every raw file that a report is made from, as it was when
/// the run ended. A number that was changed by a broken disk, an interrupted copy or a person is told instead of reported.
/// </summary>
public static class RunChecksums
{
    private const string FileName = "SHA256SUMS";

    // As many names as a person reads in a message.
    private const int MaximumShown = 5;

    /// <summary>Checks that a run's files are those that it wrote.</summary>
    /// <param name="folder">The run.</param>
    /// <returns>Whether the run has checksums; one that was killed, or made by an earlier version, has none.</returns>
    /// <exception cref="InvalidDataException">
    /// A file was changed, added or removed after the run ended, or a run without checksums contradicts itself; the message names it.
    /// </exception>
    public static bool Check(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var file = Path.Combine(folder.Path, FileName);
        if (!Path.Exists(file))
        {
            CheckCounts(folder);
            RunConsistency.Check(folder);
            return false;
        }

        var then = Parse(file);
        var now = RawFiles(folder);
        string[] faults =
        [
            .. then.Keys.Except(now).Select(name => $"{name} is missing"),
            .. now.Except(then.Keys).Select(name => $"{name} was added"),
            .. then.Keys.Intersect(now).Where(name => Hash(Path.Combine(folder.Path, name)) != then[name]).Select(name => $"{name} was changed"),
        ];
        return faults.Length == 0 ? true : throw new InvalidDataException(
            $"{folder.Path}: after the run ended {string.Join(", ", faults.Order(StringComparer.Ordinal).Take(MaximumShown))}{(faults.Length > MaximumShown ? $" and {faults.Length - MaximumShown} more" : "")} ({FileName}). " +
            $"Restore the run from a copy, or run the scenario again. Without {FileName} it is reported as it is, and nothing vouches for its numbers.");
    }

    /// <summary>Writes the checksums of a run that has ended.</summary>
    internal static void Write(RunFolder folder)
    {
        var file = Path.Combine(folder.Path, FileName);
        using (var stream = PrivateFolder.CreateFile(file + ".tmp"))
        {
            foreach (var name in RawFiles(folder))
            {
                stream.Write(Encoding.UTF8.GetBytes($"{Hash(Path.Combine(folder.Path, name))}  {name}\n"));
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".tmp", file, overwrite: true);
    }

    /// <summary>Removes the checksums of a run that goes on.</summary>
    internal static void Delete(RunFolder folder) => File.Delete(Path.Combine(folder.Path, FileName));

    // The one loss that a run without checksums tells by itself.
    private static void CheckCounts(RunFolder folder)
    {
        var there = Directory.Exists(folder.LaunchesFolder) ? Directory.GetDirectories(folder.LaunchesFolder).Length : 0;
        if (folder.ReadOutcome() is { } outcome && outcome.ValidLaunchSets > there)
        {
            throw new InvalidDataException($"{folder.LaunchesFolder}: {there} launch sets are there, but {folder.OutcomeFile} says that {outcome.ValidLaunchSets} count. Restore those that were removed, or run the scenario again.");
        }
    }

    // Logs are for reading, and what is made from the raw files is made again.
    private static List<string> RawFiles(RunFolder folder) =>
    [
        .. new[] { folder.ManifestFile, folder.PlanFile, folder.NoiseFile, folder.OutcomeFile }.Where(File.Exists)
            .Concat(new[] { folder.LaunchesFolder, folder.VoidedFolder }.Where(Directory.Exists).SelectMany(launches => Directory.GetFiles(launches, "*", SearchOption.AllDirectories)))
            .Where(file => !file.EndsWith(".log", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(folder.Path, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    private static Dictionary<string, string> Parse(string file)
    {
        var sums = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file))
        {
            var cells = line.Split("  ", 2);
            if (cells.Length != 2 || !sums.TryAdd(cells[1], cells[0]))
            {
                throw new InvalidDataException($"{file}({sums.Count + 1}): not a line of sha256sum. Restore the run from a copy, or remove the file: then nothing vouches for the run's numbers.");
            }
        }

        return sums;
    }

    // Nothing is at the end of a link that leads nowhere.
    private static string Hash(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (FileNotFoundException)
        {
            return string.Empty;
        }
    }
}
