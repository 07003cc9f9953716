using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads what a process or a variant starts, and where.</summary>
internal static class CommandReader
{
    /// <summary>Reads <c>command</c>; empty where it is missing or wrong.</summary>
    /// <param name="section">The process or the variant.</param>
    /// <param name="processNames">The processes that placeholders may name.</param>
    public static IReadOnlyList<string> ReadCommand(ScenarioSection section, IReadOnlySet<string> processNames)
    {
        var command = new List<string>();
        foreach (var item in section.Items("command", "Write the program and each argument as an item of their own: [dotnet, app.dll, --port, \"{port}\"]; no shell is involved."))
        {
            var rule = command.Count == 0 ? TextRule.Sentence : TextRule.Argument;
            if (ScenarioSection.ReadText(item, rule, section.Faults) is { } text)
            {
                EnvironmentReader.CheckPlaceholders(item, text, processNames, section.Faults);
                command.Add(text);
            }
        }

        return command;
    }

    /// <summary>Reads <c>directory</c>; null where there is none.</summary>
    /// <param name="section">The process or the variant.</param>
    /// <param name="processNames">The processes that placeholders may name.</param>
    /// <param name="baseFolder">The folder of the scenario file, to which a relative path belongs.</param>
    public static string? ReadDirectory(ScenarioSection section, IReadOnlySet<string> processNames, string baseFolder)
    {
        if (section.Find("directory") is not { } node || ScenarioSection.ReadText(node, TextRule.Argument, section.Faults) is not { } text)
        {
            return null;
        }

        EnvironmentReader.CheckPlaceholders(node, text, processNames, section.Faults);
        if (!text.Contains('{', StringComparison.Ordinal) && !Directory.Exists(Path.GetFullPath(text, baseFolder)))
        {
            section.Faults.Add(node, $"{QuotedText.Of(Path.GetFullPath(text, baseFolder))} is not a folder.", "Name an existing one; a relative path belongs to the folder of the scenario file.");
        }

        return text;
    }
}
