using System.Text.RegularExpressions;

namespace PerfLab.Experiments.Results;

/// <summary>Finds a run by what a person types.</summary>
internal static partial class RunFinder
{
    // As many names as fit on a screen without pushing the message off it.
    private const int MaximumShown = 8;

    /// <summary>Finds a run by name, unique beginning or end, path, or <c>latest</c>.</summary>
    public static RunFolder Find(string resultsRoot, string text)
    {
        var runs = Runs(resultsRoot);
        if (text == "latest")
        {
            return runs.LastOrDefault(run => RunName().IsMatch(run.RunId)) ?? throw NoRuns(resultsRoot, text);
        }

        var matches = runs.Where(run => run.RunId == text).ToList();
        if (matches.Count == 0 && text.Length > 0 && IsRun(text))
        {
            return new RunFolder(Path.GetFullPath(text));
        }

        if (matches.Count == 0 && text.Length > 0)
        {
            matches = [.. runs.Where(run => run.RunId.StartsWith(text, StringComparison.Ordinal) || run.RunId.EndsWith(text, StringComparison.Ordinal))];
        }

        return matches.Count switch
        {
            1 => matches[0],
            0 when Directory.Exists(text) => throw new RunNotFoundException($"{text}: the folder has no manifest.json, so it is not a run. Name a folder below {resultsRoot}."),
            0 when runs.Count == 0 => throw NoRuns(resultsRoot, text),
            0 => throw new RunNotFoundException($"{text}: no run in {resultsRoot} is called so or begins or ends so. Use latest or one of these:{Names(runs)}"),
            _ => throw new RunNotFoundException($"{text}: {matches.Count} runs in {resultsRoot} begin or end so. Write more of the name:{Names(matches)}"),
        };
    }

    /// <summary>Tells whether a run's name is one that a new run gets, with its time and its scenario.</summary>
    internal static bool IsGivenName(string runId) => RunName().IsMatch(runId);

    // Names begin with the time of the run, so the order by name is the order by time.
    private static List<RunFolder> Runs(string resultsRoot) => Directory.Exists(resultsRoot)
        ? [.. Directory.GetDirectories(resultsRoot)
            .Where(path => IsRun(path) && (RunName().IsMatch(Path.GetFileName(path)) || IsOurs(path)))
            .Select(path => new RunFolder(Path.GetFullPath(path)))
            .OrderBy(run => run.RunId, StringComparer.Ordinal)]
        : [];

    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, "manifest.json"));

    // A run may have been renamed; the manifests of others say something else.
    private static bool IsOurs(string folder)
    {
        try
        {
            _ = new RunFolder(folder).ReadManifest();
            return true;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[0-9]{8}T[0-9]{6}Z-", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunName();

    private static RunNotFoundException NoRuns(string resultsRoot, string text) =>
        new($"{text}: there is no run in {resultsRoot}. Start one with {StartCommand.Example}.");

    // The newest first: that is most often the one that is meant.
    private static string Names(List<RunFolder> runs)
    {
        var shown = runs.AsEnumerable().Reverse().Take(MaximumShown).Select(run => "\n  " + run.RunId);
        var hidden = runs.Count - MaximumShown;
        return string.Concat(shown) + (hidden > 0 ? $"\n  and {hidden} older" : "");
    }
}

/// <summary>A run was asked for that does not exist, or that is not the only one of its description.</summary>
/// <param name="message">What was asked for, where it was looked for, and what there is.</param>
public sealed class RunNotFoundException(string message) : Exception(message);
