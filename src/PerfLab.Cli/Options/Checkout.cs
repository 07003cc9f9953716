using System.CommandLine;
using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Cli.Options;

/// <summary>The folders of the checkout that this program was built in; of an installed tool those of the current folder, and what came with it.</summary>
internal static class Checkout
{
    /// <summary>Gets the top folder: the program lies in <c>artifacts/perflab/</c> below it. That of a tool's user is the current one.</summary>
    public static string Root { get; } =
        StartCommand.IsTool ? Environment.CurrentDirectory : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    /// <summary>Gets the folder of the scenarios, prices and models that PerfLab brings along; a tool has no scenarios there.</summary>
    public static string Supplied { get; } = Path.Combine(StartCommand.IsTool ? AppContext.BaseDirectory : Root, "scenarios");

    /// <summary>Gets the folder of scenario files.</summary>
    public static ScenarioFolder Scenarios { get; } = new(Path.Combine(Root, "scenarios"));

    /// <summary>Gets where a new scenario is written: the folder of scenario files, or the current one where a tool's user has none.</summary>
    public static string NewScenarios => StartCommand.IsTool && !Directory.Exists(Scenarios.Path) ? Root : Scenarios.Path;

    /// <summary>Gets the folder of results.</summary>
    public static string Results { get; } = Path.Combine(Root, "results");

    /// <summary>Gets where the runner finds things.</summary>
    public static RunnerFolders Folders { get; } = new(
        Root,
        Path.Combine(Built, "targets"),
        Path.Combine(Built, "probe", "PerfLab.Probe.dll"));

    // What is built beside this program, and packed with it.
    private static string Built => StartCommand.IsTool ? AppContext.BaseDirectory : Path.Combine(Root, "artifacts");

    /// <summary>Reads a scenario that is to be run here: its programs must exist.</summary>
    /// <param name="nameOrPath">A name in <c>scenarios/</c>, or a path.</param>
    /// <param name="generator">The load tool that measures in place of what the file says; null for what it says.</param>
    /// <exception cref="ScenarioException">There is no such file, or it has faults.</exception>
    public static Scenario Load(string nameOrPath, string? generator = null) => ScenarioFile.Load(Scenarios.Find(nameOrPath), new CommandFolders(Root, StartCommand.IsTool ? null : Folders.Targets, Supplied), generator);

    /// <summary>Gets the commit of PerfLab that is checked out; null outside its repository.</summary>
    public static string? Commit()
    {
        if (StartCommand.IsTool)
        {
            return null;
        }

        var head = Path.Combine(Root, ".git", "HEAD");
        if (!File.Exists(head))
        {
            return null;
        }

        var text = File.ReadAllText(head).Trim();
        const string prefix = "ref: ";
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return text;
        }

        var reference = text[prefix.Length..];
        var loose = Path.Combine(Root, ".git", reference);
        if (File.Exists(loose))
        {
            return File.ReadAllText(loose).Trim();
        }

        var packed = Path.Combine(Root, ".git", "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal))?.Split(' ')[0]
            : null;
    }
}

/// <summary><c>--results FOLDER</c>, the same for every verb that reads or writes runs.</summary>
internal static class ResultsOption
{
    // Three times what a run of nine launch sets of eight arms writes, logs and charts included.
    private const long NeededBytes = 16_000_000;

    private const int ProbeBytes = 4096;

    /// <summary>Creates the option; the default is <c>results/</c> of the checkout, or of the current folder.</summary>
    public static Option<string> Create() => new("--results")
    {
        Description = "The folder of runs.",
        DefaultValueFactory = _ => Checkout.Results,
    };

    /// <summary>Creates something in the folder of runs, after <see cref="Check"/>.</summary>
    /// <param name="results">The folder.</param>
    /// <param name="create">Creates it.</param>
    /// <exception cref="UsageException">The folder cannot be written, or has no room.</exception>
    public static T CreateIn<T>(string results, Func<T> create)
    {
        Check(results);
        return Try(results, create);
    }

    /// <summary>Makes sure that results can be written, before time is spent on measuring them.</summary>
    /// <param name="folder">The folder of runs, which is created where it is missing, or a folder in it.</param>
    /// <exception cref="UsageException">The folder cannot be written, or has no room.</exception>
    public static void Check(string folder) => Try(folder, () =>
    {
        if (folder.Length == 0)
        {
            throw new IOException("the name of the folder is empty.");
        }

        Directory.CreateDirectory(folder);
        var free = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(Path.GetFullPath(folder))! : Path.GetFullPath(folder)).AvailableFreeSpace;
        if (free < NeededBytes)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{free / 1e6:0.0} MB of space are free, and {NeededBytes / 1e6:0} MB are needed."));
        }

        // Permissions, read-only file systems and quotas: only trying tells.
        var probe = Path.Combine(folder, $".writable-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(probe, new byte[ProbeBytes]);
            return true;
        }
        finally
        {
            File.Delete(probe);
        }
    });

    private static T Try<T>(string folder, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"Nothing can be written into '{folder}': {error.Message} (--results). Name a folder that you may write, for example --results ~/perflab-results.");
        }
    }
}
