using System.Globalization;
using System.Text.Json;
using PerfLab.Experiments.Plans;

namespace PerfLab.Experiments.Results;

/// <summary>
/// The one type that knows file names: <c>results/RUN/</c> with <c>manifest.json</c>, <c>plan.json</c>,
/// <c>launches/NNN/</c>, <c>voided/NNN/</c>, <c>outcome.json</c>, <c>analysis.json</c>, <c>summary.json</c>,
/// <c>report.html</c>, <c>report.md</c> and <c>charts/</c>.
/// </summary>
/// <param name="Path">Full path of the folder.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>Gets the run's name.</summary>
    public string RunId => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>Gets the path of <c>manifest.json</c>.</summary>
    public string ManifestFile => File("manifest.json");

    /// <summary>Gets the path of <c>plan.json</c>.</summary>
    public string PlanFile => File("plan.json");

    /// <summary>Gets the path of <c>outcome.json</c>.</summary>
    public string OutcomeFile => File("outcome.json");

    /// <summary>Gets the path of <c>analysis.json</c>.</summary>
    public string AnalysisFile => File("analysis.json");

    /// <summary>Gets the path of <c>summary.json</c>.</summary>
    public string SummaryFile => File("summary.json");

    /// <summary>Gets the path of <c>report.html</c>.</summary>
    public string HtmlReportFile => File("report.html");

    /// <summary>Gets the path of <c>report.md</c>.</summary>
    public string MarkdownReportFile => File("report.md");

    /// <summary>Gets the folder of charts.</summary>
    public string ChartsFolder => File("charts");

    /// <summary>Gets the folder of launch sets that count.</summary>
    public string LaunchesFolder => File("launches");

    /// <summary>Gets the folder of launch sets that do not count.</summary>
    public string VoidedFolder => File("voided");

    /// <summary>Gets the folder of the pilot, whose logs are kept.</summary>
    public string PilotFolder => File("pilot");

    /// <summary>Creates the folder of a new run: UTC time, scenario, and a short id that keeps two runs of one second apart.</summary>
    public static RunFolder Create(string resultsFolder, string scenario, TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var shortId = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..4];
        var path = System.IO.Path.Combine(resultsFolder, $"{stamp}-{scenario}-{shortId}");
        Directory.CreateDirectory(path);
        return new RunFolder(path);
    }

    /// <summary>Finds a run by path, by name, by the end or a part of its name, or the newest one by <c>latest</c>.</summary>
    /// <exception cref="InvalidDataException">There is none, or more than one; the message lists them.</exception>
    public static RunFolder Find(string resultsFolder, string text)
    {
        if (Directory.Exists(text))
        {
            return new RunFolder(System.IO.Path.GetFullPath(text));
        }

        var all = Directory.Exists(resultsFolder) ? Directory.GetDirectories(resultsFolder).Order(StringComparer.Ordinal).ToList() : [];
        var matches = string.Equals(text, "latest", StringComparison.Ordinal)
            ? all.TakeLast(1).ToList()
            : [.. all.Where(run => System.IO.Path.GetFileName(run).Contains(text, StringComparison.Ordinal))];
        return matches.Count == 1
            ? new RunFolder(matches[0])
            : throw new InvalidDataException(matches.Count == 0
                ? $"'{text}' is no run in {resultsFolder}. Name a folder there, a path, or latest."
                : $"'{text}' fits {matches.Count} runs in {resultsFolder}: {string.Join(", ", matches.Select(System.IO.Path.GetFileName))}. Write more of the name.");
    }

    /// <summary>Gets the folder in which a launch set is written until it is complete.</summary>
    public string UnfinishedLaunchFolder(int number) => File(string.Create(CultureInfo.InvariantCulture, $".launch-{number:000}.unfinished"));

    /// <summary>Gets the log of one target process inside a launch folder.</summary>
    public static string TargetLog(string launchFolder, PlannedArm arm, string process) =>
        System.IO.Path.Combine(launchFolder, $"{arm.FileStem}.{process}.log");

    /// <summary>Gets the HdrHistogram log of one arm inside a launch folder; kind is <c>response</c>, <c>service</c> or <c>lateness</c>.</summary>
    public static string HistogramLog(string launchFolder, PlannedArm arm, string kind) =>
        System.IO.Path.Combine(launchFolder, $"{arm.FileStem}.{kind}.hlog");

    /// <summary>Writes <c>launch.json</c> into the unfinished folder and moves the folder, in one step, where it belongs.</summary>
    /// <returns>The folder's final path.</returns>
    public string CompleteLaunch(LaunchRecord launch)
    {
        var unfinished = UnfinishedLaunchFolder(launch.Number);
        Directory.CreateDirectory(unfinished);
        System.IO.File.WriteAllText(System.IO.Path.Combine(unfinished, "launch.json"), LabJson.Serialize(launch));
        var parent = launch.IsValid ? LaunchesFolder : VoidedFolder;
        Directory.CreateDirectory(parent);
        var final = System.IO.Path.Combine(parent, launch.Number.ToString("000", CultureInfo.InvariantCulture));
        Directory.Move(unfinished, final);
        return final;
    }

    /// <summary>Reads all launch sets that count, by number.</summary>
    /// <exception cref="InvalidDataException">A file is missing, of another version, or not of this shape; the message names it.</exception>
    public IReadOnlyList<LaunchRecord> ReadLaunches() => ReadLaunches(LaunchesFolder);

    /// <summary>Reads all launch sets that were voided, by number.</summary>
    /// <exception cref="InvalidDataException">A file is missing, of another version, or not of this shape; the message names it.</exception>
    public IReadOnlyList<LaunchRecord> ReadVoidedLaunches() => ReadLaunches(VoidedFolder);

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="InvalidDataException">The file is missing or not of this shape.</exception>
    public Manifest ReadManifest() => Read<Manifest>(ManifestFile);

    /// <summary>Reads the plan.</summary>
    /// <exception cref="InvalidDataException">The file is missing or not of this shape.</exception>
    public Plan ReadPlan() => Read<Plan>(PlanFile);

    /// <summary>Reads how the run ended, or null when it was interrupted before it could say.</summary>
    /// <exception cref="InvalidDataException">The file is not of this shape.</exception>
    public RunOutcome? ReadOutcome() => System.IO.File.Exists(OutcomeFile) ? Read<RunOutcome>(OutcomeFile) : null;

    /// <summary>Writes a value as JSON, completely or not at all.</summary>
    public static void Write<T>(string path, T value)
    {
        var temporary = path + ".tmp";
        System.IO.File.WriteAllText(temporary, LabJson.Serialize(value));
        System.IO.File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a JSON file.</summary>
    /// <exception cref="InvalidDataException">The file is missing or not of this shape; the message names it and what to do.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            return LabJson.Deserialize<T>(System.IO.File.ReadAllText(path));
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException(
                $"{path}: not a readable {typeof(T).Name}: {error.Message} Name a folder that `./run.sh scenario` wrote with this version.",
                error);
        }
    }

    private static List<LaunchRecord> ReadLaunches(string folder) =>
        !Directory.Exists(folder)
            ? []
            : [.. Directory.GetDirectories(folder)
                .Order(StringComparer.Ordinal)
                .Select(launch => Read<LaunchRecord>(System.IO.Path.Combine(launch, "launch.json")))];

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
