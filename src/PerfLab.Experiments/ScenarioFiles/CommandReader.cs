using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads what a process or a variant starts, and where.</summary>
internal static class CommandReader
{
    /// <summary>Reads <c>command</c>; empty where it is missing or wrong.</summary>
    /// <param name="section">The process or the variant.</param>
    /// <param name="processNames">The processes that placeholders may name.</param>
    /// <param name="isBuilt">Whether the program is built before the run, so that <c>{build}</c> is known.</param>
    public static IReadOnlyList<string> ReadCommand(ScenarioSection section, IReadOnlySet<string> processNames, bool isBuilt = false)
    {
        var command = new List<string>();
        foreach (var item in section.Items("command", "Write the program and each argument as an item of their own: [dotnet, app.dll, --port, \"{port}\"]; no shell is involved."))
        {
            var rule = command.Count == 0 ? TextRule.Sentence : TextRule.Argument;
            if (ScenarioSection.ReadText(item, rule, section.Faults) is { } text)
            {
                EnvironmentReader.CheckPlaceholders(item, isBuilt ? BuildPlaceholders.Without(text) : text, processNames, section.Faults);
                command.Add(text);
            }
        }

        return command;
    }

    /// <summary>Reads <c>build</c>; empty where it is wrong.</summary>
    /// <param name="section">The variant.</param>
    public static IReadOnlyList<string> ReadBuild(ScenarioSection section)
    {
        var words = new List<string>();
        foreach (var item in section.Items("build", "Write the program that builds the arm and each argument as an item of their own; no shell is involved."))
        {
            if (ScenarioSection.ReadText(item, words.Count == 0 ? TextRule.Sentence : TextRule.Argument, section.Faults) is not { } text)
            {
                continue;
            }

            foreach (var name in Placeholders.NamesOf(BuildPlaceholders.Without(text)))
            {
                section.Faults.Add(item, name is "{" or "}" ? $"a {name} stands alone." : $"{{{name}}} is not known while an arm is built.", "A build has {build}, the folder that takes what it makes; write {{ and }} for braces.");
            }

            words.Add(text);
        }

        return words;
    }

    /// <summary>Reads <c>directory</c>; null where there is none.</summary>
    /// <param name="section">The process or the variant.</param>
    /// <param name="processNames">The processes that placeholders may name.</param>
    /// <param name="baseFolder">The folder of the scenario file, to which a relative path belongs.</param>
    /// <param name="isBuilt">Whether the program is built before the run, so that <c>{build}</c> is known.</param>
    public static string? ReadDirectory(ScenarioSection section, IReadOnlySet<string> processNames, string baseFolder, bool isBuilt = false)
    {
        if (section.Find("directory") is not { } node || ScenarioSection.ReadText(node, TextRule.Argument, section.Faults) is not { } text)
        {
            return null;
        }

        EnvironmentReader.CheckPlaceholders(node, isBuilt ? BuildPlaceholders.Without(text) : text, processNames, section.Faults);
        if (!text.Contains('{', StringComparison.Ordinal) && !Directory.Exists(Path.GetFullPath(text, baseFolder)))
        {
            section.Faults.Add(node, $"{QuotedText.Of(Path.GetFullPath(text, baseFolder))} is not a folder.", "Name an existing one; a relative path belongs to the folder of the scenario file.");
        }

        return text;
    }
}
