using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>target</c>: one process written directly, or several under <c>processes</c>, and the requests.</summary>
internal static class TargetReader
{
    /// <summary>The name of the process that stands directly under <c>target</c>.</summary>
    public const string OnlyProcess = "target";

    private static readonly string[] OnlyProcessKeys = ["command", "env", "ready"];

    private static readonly TimeSpan DefaultReadyTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads the section.</summary>
    public static TargetDefinition Read(YamlNode node, YamlFaults faults)
    {
        var section = Section.Open(node, SectionKeys.Target, faults);
        var processes = section.Has("processes") ? ReadProcesses(section) : ReadOnlyProcess(section);
        return new TargetDefinition(processes, RequestReader.ReadAll(section)) { Completion = ReadCompletion(section, processes) };
    }

    private static CompletionSource? ReadCompletion(Section section, IReadOnlyList<TargetProcess> processes)
    {
        if (section.Find("completion") is not { } node)
        {
            return null;
        }

        var completion = Section.Open(node, SectionKeys.Completion, section.Faults);
        var path = completion.Text("path", TextRule.Path);
        if (!completion.Has("process"))
        {
            return new CompletionSource(processes.Count > 0 ? processes[0].Name : OnlyProcess, path);
        }

        var name = completion.Text("process", TextRule.ProcessName);
        if (name.Length > 0 && processes.All(process => process.Name != name))
        {
            completion.Faults.Add(completion.Value("process"), $"there is no process {name}.", $"Use one of: {string.Join(", ", processes.Select(process => process.Name))}.");
        }

        return new CompletionSource(name, path);
    }

    private static IReadOnlyList<TargetProcess> ReadOnlyProcess(Section section)
    {
        if (section.Node is not YamlMap)
        {
            return [];
        }

        foreach (var key in SectionKeys.Target.Where(key => key.Name is "command" or "ready" && !section.Has(key.Name)))
        {
            section.ReportMissing(key);
        }

        return [ReadProcess(section, OnlyProcess, new HashSet<string>(StringComparer.Ordinal) { OnlyProcess })];
    }

    private static List<TargetProcess> ReadProcesses(Section section)
    {
        foreach (var key in OnlyProcessKeys.Where(section.Has))
        {
            section.Faults.Add(section.Value(key), "it stands beside processes.", "Move it into the process that it belongs to.");
        }

        var items = section.Items("processes", "Write one - {name: ..., command: [...], ready: {path: ...}} for each process.");
        var sections = items.Select(item => Section.Open(item, SectionKeys.Process, section.Faults)).ToList();
        var names = UniqueNames.Read(sections, TextRule.ProcessName, "process");
        var known = names.Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        return [.. sections.Zip(names, (process, name) => ReadProcess(process, name, known))];
    }

    private static TargetProcess ReadProcess(Section section, string name, IReadOnlySet<string> processNames) => new()
    {
        Name = name,
        Command = ReadCommand(section, processNames),
        Environment = EnvironmentReader.Read(section, processNames),
        Ready = ReadReady(section),
    };

    private static List<string> ReadCommand(Section section, IReadOnlySet<string> processNames)
    {
        var command = new List<string>();
        foreach (var item in section.Items("command", "Write the program and each argument as an item of their own: [dotnet, app.dll, --port, \"{port}\"]; no shell is involved."))
        {
            var rule = command.Count == 0 ? TextRule.Sentence : TextRule.Argument;
            if (Section.ReadText(item, rule, section.Faults) is { } text)
            {
                EnvironmentReader.CheckPlaceholders(item, text, processNames, section.Faults);
                command.Add(text);
            }
        }

        return command;
    }

    private static ReadyCheck ReadReady(Section section)
    {
        if (section.Find("ready") is not { } node)
        {
            return new ReadyCheck("/", DefaultReadyTimeout);
        }

        var ready = Section.Open(node, SectionKeys.Ready, section.Faults);
        return new ReadyCheck(
            ready.Text("path", TextRule.Path),
            ready.Number("timeout", Quantities.ReadyTimeout, DefaultReadyTimeout));
    }
}
