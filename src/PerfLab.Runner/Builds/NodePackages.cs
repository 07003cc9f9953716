using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Builds;

/// <summary>Installs the npm packages of PerfLab's own targets in Node.js: exactly those of their lock files, before the first run that starts them.</summary>
public static class NodePackages
{
    private const string TargetsPlaceholder = "{targets}/";
    private const string LockFileName = "package-lock.json";

    private static readonly BuildLimit s_limit = new(TimeSpan.FromMinutes(10), Key: null);

    /// <summary>Installs the packages of the targets that a scenario starts; nothing where they are there, or where it starts none of these.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="targets">What <c>{targets}</c> stands for.</param>
    /// <param name="announce">Told the name of a target before its packages are installed.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="InvalidDataException">They could not be installed, or another start installs them.</exception>
    public static Task InstallAsync(Scenario scenario, string targets, Action<string> announce, CancellationToken cancellationToken) =>
        InstallAsync(scenario, targets, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", announce, cancellationToken);

    /// <summary>Installs them with a program of another name.</summary>
    internal static async Task InstallAsync(Scenario scenario, string targets, string npm, Action<string> announce, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(announce);
        foreach (var name in NamesIn(scenario))
        {
            var folder = Path.Combine(targets, name);
            if (File.Exists(Path.Combine(folder, LockFileName)))
            {
                await InstallAsync(folder, npm, announce, cancellationToken);
            }
        }
    }

    private static IEnumerable<string> NamesIn(Scenario scenario) => scenario.Variants
        .SelectMany(variant => scenario.Target.ProcessesOf(variant.Program))
        .SelectMany(process => process.Command)
        .Where(word => word.StartsWith(TargetsPlaceholder, StringComparison.Ordinal))
        .Select(word => word[TargetsPlaceholder.Length..].Split('/')[0])
        .Distinct(StringComparer.Ordinal);

    private static async Task InstallAsync(string folder, string npm, Action<string> announce, CancellationToken cancellationToken)
    {
        // npm removes the folder before it installs, so the copy says that an installation of this very lock file was finished.
        var wanted = await File.ReadAllTextAsync(Path.Combine(folder, LockFileName), cancellationToken);
        var installed = Path.Combine(folder, "node_modules", ".installed.json");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed, cancellationToken) == wanted)
        {
            return;
        }

        using var held = RunLock.TryTake(folder) ?? throw new InvalidDataException($"{folder}: another start of PerfLab installs packages there. Wait for its end, then start again.");
        var name = Path.GetFileName(folder);
        announce(name);
        try
        {
            string[] command = [npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
            await BuildProcess.RunAsync(command, new BuildFolders(folder, folder), Path.Combine(folder, "install.log"), s_limit, cancellationToken);
        }
        catch (BuildProcessException error)
        {
            throw new InvalidDataException($"{name} needs npm: {error.Message} Install Node.js 20 or later with npm (Debian and Ubuntu: apt-get install nodejs npm), then start again.", error);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"The npm packages of {name} were not installed: {error.Message} Make sure that npm reaches its registry (npm ping), then start again.", error);
        }

        // Without any package npm makes no folder.
        Directory.CreateDirectory(Path.GetDirectoryName(installed)!);
        await File.WriteAllTextAsync(installed, wanted, cancellationToken);
    }
}
