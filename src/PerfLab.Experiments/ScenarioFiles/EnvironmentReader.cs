using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads maps of free names: environment variables and headers, and texts with placeholders.</summary>
internal static class EnvironmentReader
{
    /// <summary>Reads <c>env</c> of a section; empty where there is none.</summary>
    public static IReadOnlyDictionary<string, string> Read(Section section, IReadOnlySet<string> processNames)
    {
        var variables = ReadMap(section, "env", TextRule.VariableName, TextRule.VariableValue, StringComparer.Ordinal);
        foreach (var (node, value) in variables)
        {
            CheckPlaceholders(node, value, processNames, section.Faults);
        }

        return ToDictionary(variables);
    }

    /// <summary>Reads the headers of a request; empty where there are none.</summary>
    public static IReadOnlyDictionary<string, string> ReadHeaders(Section section)
    {
        var headers = ReadMap(section, "headers", TextRule.HeaderName, TextRule.HeaderValue, StringComparer.OrdinalIgnoreCase);
        foreach (var (node, _) in headers)
        {
            if (node.Path.Key is { } name && GeneratorHeaders.Contains(name))
            {
                section.Faults.Add(node, "the load generator sets this header itself.", "Remove it.");
            }
        }

        return ToDictionary(headers);
    }

    /// <summary>Reports placeholders that a text must not have.</summary>
    public static void CheckPlaceholders(YamlNode node, string text, IReadOnlySet<string> processNames, YamlFaults faults)
    {
        foreach (var (problem, advice) in Placeholders.FaultsOf(text, processNames))
        {
            faults.Add(node, problem, advice);
        }
    }

    // They follow from the connection and the body; a second one would make the request invalid (RFC 9112).
    private static readonly HashSet<string> GeneratorHeaders =
        new(["Host", "Content-Length", "Connection", "Transfer-Encoding"], StringComparer.OrdinalIgnoreCase);

    private static List<(YamlNode Node, string Value)> ReadMap(Section section, string key, TextRule nameRule, TextRule valueRule, StringComparer comparer)
    {
        var values = new List<(YamlNode Node, string Value)>();
        if (section.Find(key) is not { } node)
        {
            return values;
        }

        if (node is not YamlMap map)
        {
            Section.ReportWrongKind(node, "a map", "Write NAME: value, one a line.", section.Faults);
            return values;
        }

        var names = new HashSet<string>(comparer);
        foreach (var (name, valueNode) in map.Entries)
        {
            if (nameRule.FaultOf(name.Value) is var (problem, advice))
            {
                section.Faults.Add(name.Line, name.Column, valueNode.Path.ToString(), problem, advice);
            }
            else if (!names.Add(name.Value))
            {
                section.Faults.Add(name.Line, name.Column, valueNode.Path.ToString(), "the same name stands above in other letters' case.", "Keep one of them.");
            }
            else if (Section.ReadText(valueNode, valueRule, section.Faults) is { } value)
            {
                values.Add((valueNode, value));
            }
        }

        return values;
    }

    private static OrderedDictionary<string, string> ToDictionary(List<(YamlNode Node, string Value)> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Node.Path.Key!, pair.Value)), StringComparer.Ordinal);
}
