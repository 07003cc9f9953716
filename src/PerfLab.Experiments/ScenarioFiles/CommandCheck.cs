using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>The folders to which a scenario file may refer.</summary>
/// <param name="Root">What <c>{root}</c> stands for.</param>
/// <param name="Targets">What <c>{targets}</c> stands for; null where PerfLab's example services are not there.</param>
/// <param name="Supplied">The folder of what PerfLab brings along, in it <c>pricing/</c>.</param>
public sealed record CommandFolders(string Root, string? Targets, string Supplied);

/// <summary>
/// Finds commands whose program, or whose file that an interpreter is to run, does not exist, as far as that is certain: what
/// stands behind other options, or behind a placeholder that is filled in later, is not judged.
/// </summary>
/// <param name="folders">What placeholders stand for.</param>
/// <param name="baseFolder">The folder of the scenario file.</param>
internal sealed class CommandCheck(CommandFolders folders, string baseFolder)
{
    private const string TargetsPlaceholder = "{targets}";

    private static readonly HashSet<string> s_interpreters = new(StringComparer.OrdinalIgnoreCase)
    {
        "dotnet", "node", "nodejs", "java", "python", "python3", "ruby", "php", "perl", "bash", "sh", "deno", "bun",
    };

    // What an interpreter runs, by its ending: a word without one may be a subcommand.
    private static readonly HashSet<string> s_endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".dll", ".js", ".mjs", ".cjs", ".ts", ".mts", ".py", ".pyz", ".jar", ".war", ".rb", ".php", ".pl", ".sh",
    };

    /// <summary>Reports the commands that an arm runs: those of the target, unless every variant has its own, and those of variants.</summary>
    /// <param name="scenario">The document.</param>
    /// <param name="target">The target.</param>
    /// <param name="variants">The variants.</param>
    public void Report(ScenarioSection scenario, TargetDefinition target, IReadOnlyList<Variant> variants)
    {
        var targetNode = scenario.Find("target") as YamlMap;
        YamlNode?[] commands = ValueOf(targetNode, "processes") is YamlList list ? [.. list.Items.Select(item => ValueOf(item, "command"))] : [ValueOf(targetNode, "command")];
        var isOwnRun = variants.Count == 0 || variants.Any(variant => variant.Program is null);
        foreach (var (process, command) in target.Processes.Zip(commands).Skip(isOwnRun ? 0 : 1))
        {
            Report(process, command, scenario.Faults);
        }

        foreach (var variant in variants.Where(variant => variant.Program is { Command: not null } && target.Processes.Count > 0))
        {
            var item = (scenario.Find("variants") as YamlList)?.Items.FirstOrDefault(item => ValueOf(item, "name") is YamlText { Value: var name } && name == variant.Name);
            Report(target.ProcessesOf(variant.Program)[0], ValueOf(item, "command"), scenario.Faults);
        }
    }

    /// <summary>Reports a load tool whose program does not exist.</summary>
    /// <param name="node">Where the fault is shown.</param>
    /// <param name="generator">The tool; null for none.</param>
    /// <param name="faults">Where faults go.</param>
    public void Report(YamlNode node, GeneratorDefinition? generator, YamlFaults faults)
    {
        // {targets} of vegeta is a file of requests, and no folder of services.
        if (generator is not null && GeneratorCommand.WordsOf(generator) is { Count: > 0 } words
            && FaultOf(new TargetProcess { Name = generator.Tool, Command = [.. words.Select(word => word.Replace(TargetsPlaceholder, "{requests}", StringComparison.Ordinal))], Environment = new Dictionary<string, string>(), Ready = new ReadinessCheck("/", TimeSpan.Zero) }) is var (word, problem, advice))
        {
            // What its first word starts is installed, what that one runs is built.
            var isBuilt = generator.Command is null && word > 0;
            faults.Add(node.Line, node.Column, "load.generator", problem, isBuilt ? generator.Contract.BuildAdvice ?? advice : advice);
        }
    }

    private static YamlNode? ValueOf(YamlNode? node, string key) => (node as YamlMap)?.Entries.FirstOrDefault(entry => entry.Key.Value == key)?.Value;

    private void Report(TargetProcess process, YamlNode? command, YamlFaults faults)
    {
        // With a fault of its own it is not the command that its author wrote.
        if (command is YamlList { Items: var words } && words.Count == process.Command.Count && FaultOf(process) is var (word, problem, advice))
        {
            faults.Add(words[word], problem, advice);
        }
    }

    // The word of the command, from 0, with what is wrong and what may be meant.
    private (int Word, string Problem, string Advice)? FaultOf(TargetProcess process)
    {
        if (folders.Targets is null && process.Command.Append(process.Directory ?? string.Empty).Index().FirstOrDefault(word => word.Item.Contains(TargetsPlaceholder, StringComparison.Ordinal)) is { Item: not null } example)
        {
            // Of a folder the program is named: it would be started there.
            return (example.Index % process.Command.Count, $"{TargetsPlaceholder} stands for the example services of PerfLab's repository, which an installed tool does not have.", "Write the command of your own service, or clone the repository and run the scenario there with ./run.sh.");
        }

        if (process.Command.Count == 0 || (process.Directory is { } directory && Expand(directory) is null))
        {
            return null;
        }

        var folder = process.Directory is null ? baseFolder : Path.GetFullPath(Expand(process.Directory)!, baseFolder);
        if (Expand(process.Command[0]) is { } program && FaultOfProgram(program, folder, process) is var (problem, advice))
        {
            return (0, problem, advice);
        }

        var word = ProgramFileOf(process.Command);
        return word > 0 && Expand(process.Command[word]) is { } file && Path.GetFullPath(file, folder) is var path && !File.Exists(path)
            ? (word, $"{path} does not exist.", AdviceFor(path, folder))
            : null;
    }

    private static (string Problem, string Advice)? FaultOfProgram(string program, string folder, TargetProcess process)
    {
        if (program.Contains('/', StringComparison.Ordinal) || program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(program, folder);
            return Directory.Exists(path) ? ($"{path} is a folder, not a program.", "Name the program in it.")
                : !Names(path).Any(File.Exists) ? ($"{path} does not exist.", AdviceFor(path, folder))
                : !Names(path).Any(IsExecutable) ? ($"{path} may not be executed.", $"Run chmod +x {path}, or write the program that runs it before it.")
                : null;
        }

        // A target that sets its own PATH is looked for there, and the caller's is none of its own.
        var list = process.Environment.TryGetValue("PATH", out var own) ? own : Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        if (list.Contains('{', StringComparison.Ordinal))
        {
            return null;
        }

        string[] places = [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Directory.Exists)];
        return places.SelectMany(place => Names(Path.Combine(place, program))).Any(IsExecutable)
            ? null
            : ($"{program} is on no folder of the PATH.", AdviceForName(program, folder, places));
    }

    private static string AdviceForName(string program, string folder, string[] places) =>
        File.Exists(Path.Combine(folder, program)) ? $"Write ./{program} for the one in {folder}."
        : NearestName.Find(program, [.. places.SelectMany(FilesIn).Distinct(StringComparer.Ordinal)]) is { } nearest ? $"Did you mean {nearest}?"
        : "Install it, or write its path.";

    private static string AdviceFor(string path, string folder) => NearestTo(path) is { } nearest
        ? $"Did you mean {nearest}?"
        : $"Build it, or correct its path; a relative one belongs to {folder}.";

    // Part by part: what exists is kept, and what does not is replaced by its nearest neighbor, if there is one.
    private static string? NearestTo(string path)
    {
        var found = Path.GetPathRoot(path)!;
        foreach (var part in path[found.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Path.Exists(Path.Combine(found, part)))
            {
                found = Path.Combine(found, part);
            }
            else if (NearestName.Find(part, EntriesIn(found)) is { } nearest)
            {
                found = Path.Combine(found, nearest);
            }
            else
            {
                return null;
            }
        }

        return File.Exists(found) ? found : null;
    }

    private static string[] FilesIn(string folder) => List(folder, Directory.EnumerateFiles);

    private static string[] EntriesIn(string folder) => List(folder, Directory.EnumerateFileSystemEntries);

    private static string[] List(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return Directory.Exists(folder) ? [.. list(folder).Select(entry => Path.GetFileName(entry))] : [];
        }
        catch (UnauthorizedAccessException)
        {
            // A folder that may be passed through need not be readable.
            return [];
        }
    }

    // Windows completes a program's name by these endings.
    private static IEnumerable<string> Names(string path) => OperatingSystem.IsWindows()
        ? (Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE;.CMD;.BAT;.COM").Split(';').Select(ending => path + ending).Prepend(path)
        : [path];

    private static bool IsExecutable(string path) => File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);

    // The first word behind flags that have no value, or the one behind -jar: another one may be the value of an option, and looked for elsewhere.
    private static int ProgramFileOf(IReadOnlyList<string> command)
    {
        if (!s_interpreters.Contains(Path.GetFileNameWithoutExtension(command[0])))
        {
            return -1;
        }

        var flags = command.Skip(1).TakeWhile(word => word.StartsWith("--no-", StringComparison.Ordinal)).Count();
        var jar = command.Index().Where(word => word.Item == "-jar").Select(word => word.Index + 1).FirstOrDefault(1 + flags);
        return jar < command.Count && command[jar] is not ['-', ..] && s_endings.Contains(Path.GetExtension(command[jar])) ? jar : -1;
    }

    // Null where it stands for something that is not known yet.
    private string? Expand(string word)
    {
        if (CallerReference.NamesIn(word).Any(name => Environment.GetEnvironmentVariable(name) is null))
        {
            return null;
        }

        var text = CallerReference.Resolve(word, Environment.GetEnvironmentVariable)
            .Replace("{root}", folders.Root, StringComparison.Ordinal)
            .Replace(TargetsPlaceholder, folders.Targets ?? TargetsPlaceholder, StringComparison.Ordinal);
        return text.Length == 0 || text.AsSpan().ContainsAny('{', '}') ? null : text;
    }
}
