using System.CommandLine;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Cli.Options;

/// <summary>The folders of the checkout that this program was built in.</summary>
internal static class Checkout
{
    /// <summary>Gets the top folder: the program lies in <c>artifacts/perflab/</c> below it.</summary>
    public static string Root { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    /// <summary>Gets the folder of scenario files.</summary>
    public static ScenarioFolder Scenarios { get; } = new(Path.Combine(Root, "scenarios"));

    /// <summary>Gets the folder of results.</summary>
    public static string Results { get; } = Path.Combine(Root, "results");

    /// <summary>Gets where the runner finds things.</summary>
    public static RunnerFolders Folders { get; } = new(
        Root,
        Path.Combine(Root, "artifacts", "targets"),
        Path.Combine(Root, "artifacts", "probe", "PerfLab.Probe.dll"));

    /// <summary>Reads a scenario that is to be run here: its programs must exist.</summary>
    /// <param name="nameOrPath">A name in <c>scenarios/</c>, or a path.</param>
    /// <exception cref="ScenarioException">There is no such file, or it has faults.</exception>
    public static Scenario Load(string nameOrPath) => ScenarioFile.Load(Scenarios.Find(nameOrPath), new CommandFolders(Root, Folders.Targets));

    /// <summary>Gets the commit that is checked out, or null outside a repository.</summary>
    public static string? Commit()
    {
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
    /// <summary>Creates the option; the default is <c>results/</c> of the checkout.</summary>
    public static Option<string> Create() => new("--results")
    {
        Description = "The folder of runs.",
        DefaultValueFactory = _ => Checkout.Results,
    };

    /// <summary>Creates something in the folder of runs.</summary>
    /// <param name="results">The folder.</param>
    /// <param name="create">Creates it.</param>
    /// <exception cref="UsageException">The folder cannot be written.</exception>
    public static T CreateIn<T>(string results, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Nothing can be written into '{results}': {error.Message} (--results). Name a folder that you may write, for example --results ~/perflab-results.");
        }
    }
}
