using System.Globalization;
using System.Text.RegularExpressions;
using PerfLab.Experiments.Plans;

namespace PerfLab.Experiments.Results;

/// <summary>
/// The one type that knows file names: <c>results/RUN/</c> with <c>manifest.json</c>, <c>plan.json</c>,
/// <c>noise.json</c>, <c>launches/NNN/</c>, <c>voided/NNN/</c>, <c>outcome.json</c>, <c>summary.json</c>,
/// <c>report.html</c>, <c>report.md</c>, <c>waterfalls.json</c> and <c>charts/</c>.
/// </summary>
/// <param name="Path">Full path of the folder.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>The name of the file of the report's traces as trace events, which the report links.</summary>
    public const string WaterfallFileName = "waterfalls.json";

    private const string LaunchFileName = "launch.json";

    /// <summary>Creates the folder of a new run, called <c>20260131T235959Z-SCENARIO-SHORTID</c>: names sort by time.</summary>
    /// <param name="resultsRoot">The folder of all runs; created where it is missing.</param>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="shortId">Lower-case letters and digits that tell runs of the same second apart.</param>
    /// <exception cref="ArgumentException">The scenario or the short id is not fit for a file name.</exception>
    /// <exception cref="IOException">The folder exists already or cannot be created; the message says what to do.</exception>
    public static RunFolder Create(string resultsRoot, string scenario, TimeProvider time, string shortId) =>
        RunName.CreateFolder(resultsRoot, scenario, time.GetUtcNow(), shortId);

    /// <summary>Finds a run.</summary>
    /// <param name="resultsRoot">The folder of all runs.</param>
    /// <param name="text">A run's name, a beginning or an end of it that no other run has, a path to its folder, or <c>latest</c>.</param>
    /// <exception cref="RunNotFoundException">There is no such run, or there are several; the message says which there are.</exception>
    public static RunFolder Find(string resultsRoot, string text) => RunFinder.Find(resultsRoot, text);

    /// <summary>Gets the run's name.</summary>
    public string RunId => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>Gets the path of <c>manifest.json</c>.</summary>
    public string ManifestFile => File("manifest.json");

    /// <summary>Gets the path of <c>plan.json</c>.</summary>
    public string PlanFile => File("plan.json");

    /// <summary>Gets the path of <c>noise.json</c>: the machine's noise profile as it was when the run began.</summary>
    public string NoiseFile => File("noise.json");

    /// <summary>Gets the path of <c>outcome.json</c>.</summary>
    public string OutcomeFile => File("outcome.json");

    /// <summary>Gets the path of <c>summary.json</c>.</summary>
    public string SummaryFile => File("summary.json");

    /// <summary>Gets the path of <c>report.html</c>.</summary>
    public string HtmlReportFile => File("report.html");

    /// <summary>Gets the path of <c>report.md</c>.</summary>
    public string MarkdownReportFile => File("report.md");

    /// <summary>Gets the path of <c>waterfalls.json</c>.</summary>
    public string WaterfallFile => File(WaterfallFileName);

    /// <summary>Gets the folder of charts.</summary>
    public string ChartsFolder => File("charts");

    /// <summary>Gets the folder of launch sets that count.</summary>
    public string LaunchesFolder => File("launches");

    /// <summary>Gets the folder of launch sets that do not count.</summary>
    public string VoidedFolder => File("voided");

    /// <summary>Gets the folder of the pilot, whose logs are kept.</summary>
    public string PilotFolder => File("pilot");

    /// <summary>Gets the folder in which a launch set is written until it is complete.</summary>
    public string UnfinishedLaunchFolder(int number) => File(string.Create(CultureInfo.InvariantCulture, $".launch-{number:000}.unfinished"));

    /// <summary>Gets the log of one target process inside a launch folder.</summary>
    public static string TargetLog(string launchFolder, PlannedArm arm, string process) =>
        System.IO.Path.Combine(launchFolder, $"{arm.FileStem}.{process}.log");

    /// <summary>Gets the HdrHistogram log of one arm inside a launch folder; kind is <c>response</c>, <c>service</c> or <c>lateness</c>.</summary>
    public static string HistogramLog(string launchFolder, PlannedArm arm, string kind) =>
        System.IO.Path.Combine(launchFolder, $"{arm.FileStem}.{kind}.hlog");

    /// <summary>Gets the table of one arm's requests in the trace-retention window, inside a launch folder.</summary>
    public static string TraceRetentionRequests(string launchFolder, PlannedArm arm) =>
        System.IO.Path.Combine(launchFolder, $"{arm.FileStem}.visibility.csv");

    /// <summary>Gets the table of one arm's spans in the trace-retention window, inside a launch folder.</summary>
    public static string TraceRetentionSpans(string launchFolder, PlannedArm arm) =>
        System.IO.Path.Combine(launchFolder, $"{arm.FileStem}.spans.csv.gz");

    /// <summary>Writes <c>launch.json</c> into the unfinished folder and moves the folder, in one step, where it belongs.</summary>
    /// <returns>The folder's final path.</returns>
    public string CompleteLaunch(LaunchRecord launch)
    {
        var unfinished = UnfinishedLaunchFolder(launch.Number);
        Directory.CreateDirectory(unfinished);
        Write(System.IO.Path.Combine(unfinished, LaunchFileName), launch);
        var parent = launch.IsValid ? LaunchesFolder : VoidedFolder;
        Directory.CreateDirectory(parent);
        var final = System.IO.Path.Combine(parent, FolderName(launch.Number));
        PrivateFolder.Close(unfinished);
        Directory.Move(unfinished, final);
        return final;
    }

    /// <summary>Reads all launch sets that count, by number.</summary>
    /// <param name="plan">The run's plan, to read the observations of the trace-retention window too; null reads <c>launch.json</c> alone.</param>
    /// <exception cref="InvalidDataException">A file is missing, of another version, or not of this shape; the message names it.</exception>
    public IReadOnlyList<LaunchRecord> ReadLaunches(Plan? plan = null)
    {
        var launches = ReadLaunches(LaunchesFolder, plan);
        RejectStrangers(launches);
        return launches;
    }

    /// <summary>Reads all launch sets that were voided, by number.</summary>
    /// <param name="plan">The run's plan, to read the observations of the trace-retention window too; null reads <c>launch.json</c> alone.</param>
    /// <exception cref="InvalidDataException">A file is missing, of another version, or not of this shape; the message names it.</exception>
    public IReadOnlyList<LaunchRecord> ReadVoidedLaunches(Plan? plan = null) => ReadLaunches(VoidedFolder, plan);

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="InvalidDataException">The file is missing, of another version, or not of this shape.</exception>
    public Manifest ReadManifest() => Read<Manifest>(ManifestFile, Manifest.CurrentFormatVersion);

    /// <summary>Reads the plan.</summary>
    /// <exception cref="InvalidDataException">The file is missing, of another version, or not of this shape.</exception>
    public Plan ReadPlan() => !System.IO.File.Exists(PlanFile) && System.IO.File.Exists(ManifestFile)
        ? throw new InvalidDataException(System.IO.File.Exists(OutcomeFile)
            ? $"{Path}: the run ended before it had a plan: {ReadOutcome()?.Reason} Run the scenario again."
            : RunLock.IsTaken(Path) == false
            ? $"{Path}: the run was killed before it had a plan, so there is nothing to report. Run the scenario again."
            : $"{Path}: the run is still running and has no plan yet, so there is nothing to report. Wait until its pilot is over; if it was killed, run the scenario again.")
        : Read<Plan>(PlanFile, Plan.CurrentFormatVersion);

    /// <summary>Reads the noise profile that the machine had when the run began, or null when it had none.</summary>
    /// <exception cref="InvalidDataException">The file is of another version or not of this shape.</exception>
    public NoiseProfile? ReadNoise() => System.IO.File.Exists(NoiseFile) ? NoiseProfileStore.Read(NoiseFile) : null;

    /// <summary>Reads how the run ended, or null when it was interrupted before it could say.</summary>
    /// <exception cref="InvalidDataException">The file is of another version or not of this shape.</exception>
    public RunOutcome? ReadOutcome() =>
        System.IO.File.Exists(OutcomeFile) ? Read<RunOutcome>(OutcomeFile, RunOutcome.CurrentFormatVersion) : null;

    /// <summary>Writes how the run ended, and the checksums of what it wrote until then.</summary>
    public void WriteOutcome(RunOutcome outcome)
    {
        PrivateFolder.Close(Path);
        Write(OutcomeFile, outcome);
        RunChecksums.Write(this);
    }

    /// <summary>Removes how the run ended, because it goes on, and what was not finished then.</summary>
    public void Reopen()
    {
        RunChecksums.Delete(this);
        System.IO.File.Delete(OutcomeFile);
        foreach (var unfinished in Directory.GetDirectories(Path, ".launch-*.unfinished"))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    /// <summary>Writes a value as JSON, completely or not at all.</summary>
    public static void Write<T>(string path, T value) => AtomicJsonFile.Write(path, value);

    /// <summary>Reads a JSON file.</summary>
    /// <exception cref="InvalidDataException">The file is missing or not of this shape; the message names it and what to do.</exception>
    public static T Read<T>(string path) => AtomicJsonFile.Read<T>(path, formatVersion: null);

    /// <summary>Reads a JSON file that carries its version as <c>format_version</c>.</summary>
    /// <exception cref="InvalidDataException">The file is missing, of another version, or not of this shape; the message names it and what to do.</exception>
    public static T Read<T>(string path, int formatVersion) => AtomicJsonFile.Read<T>(path, formatVersion);

    private static List<LaunchRecord> ReadLaunches(string folder, Plan? plan) =>
        !Directory.Exists(folder) ? [] : [.. Concurrently.Select(Directory.GetDirectories(folder), launch => ReadLaunch(launch, plan)).OrderBy(launch => launch.Number)];

    // A copied launch set would count twice, and every interval would be too narrow.
    private static LaunchRecord ReadLaunch(string folder, Plan? plan)
    {
        var file = System.IO.Path.Combine(folder, LaunchFileName);
        var launch = Read<LaunchRecord>(file, LaunchRecord.CurrentFormatVersion);
        if (System.IO.Path.GetFileName(folder) != FolderName(launch.Number))
        {
            throw new InvalidDataException($"{file}: the file is of launch set {launch.Number}, which belongs into a folder called {FolderName(launch.Number)}. Remove the folder if it is a copy; else give it back its name.");
        }

        return plan?.Visibility is null
            ? launch
            : launch with { Arms = [.. launch.Arms.Select(record => record with { Observation = ReadObservation(folder, plan.Arms.FirstOrDefault(arm => arm.Name == record.Arm)) })] };
    }

    private static ArmObservation? ReadObservation(string folder, PlannedArm? arm) =>
        arm is null ? null : ArmObservation.Read(TraceRetentionRequests(folder, arm), TraceRetentionSpans(folder, arm));

    private void RejectStrangers(List<LaunchRecord> launches)
    {
        if (launches.FirstOrDefault(launch => Directory.Exists(System.IO.Path.Combine(VoidedFolder, FolderName(launch.Number)))) is { } twice)
        {
            throw new InvalidDataException($"{Path}: launch set {twice.Number} is in launches/ and in voided/. Remove the one that is a copy.");
        }

        if (ReadOutcome() is { } outcome && (launches.Count > outcome.ValidLaunchSets || launches.Any(launch => launch.Number > outcome.ValidLaunchSets + outcome.VoidedLaunchSets)))
        {
            throw new InvalidDataException($"{LaunchesFolder}: launch sets {string.Join(", ", launches.Select(launch => launch.Number))} are there, but {OutcomeFile} says that {outcome.ValidLaunchSets} count and {outcome.VoidedLaunchSets} do not. Remove what was added after the run ended.");
        }
    }

    private static string FolderName(int number) => number.ToString("000", CultureInfo.InvariantCulture);

    private string File(string name) => System.IO.Path.Combine(Path, name);
}

/// <summary>How runs are called: <c>20260131T235959Z-SCENARIO-SHORTID</c>.</summary>
internal static partial class RunName
{
    /// <summary>Creates the folder of a new run.</summary>
    public static RunFolder CreateFolder(string resultsRoot, string scenario, DateTimeOffset now, string shortId)
    {
        Check(ScenarioPattern(), scenario, nameof(scenario), "lower-case letters, digits and dashes");
        Check(ShortIdPattern(), shortId, nameof(shortId), "4 to 12 lower-case letters and digits");
        var utc = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = Path.GetFullPath(Path.Combine(resultsRoot, $"{utc}-{scenario}-{shortId}"));
        if (Path.Exists(path))
        {
            throw new IOException($"{path}: a run of this name exists already. Start again; the next run gets another name.");
        }

        PrivateFolder.Create(path);
        return new RunFolder(path);
    }

    private static void Check(Regex pattern, string text, string parameter, string rule)
    {
        if (!pattern.IsMatch(text))
        {
            throw new ArgumentException($"\"{text}\" cannot be part of a run's name. Use {rule}.", parameter);
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ScenarioPattern();

    [GeneratedRegex(@"^[a-z0-9]{4,12}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShortIdPattern();
}
