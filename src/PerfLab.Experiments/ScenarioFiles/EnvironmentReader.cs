using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads maps of free names: environment variables and headers, and texts with placeholders.</summary>
internal static class EnvironmentReader
{
    /// <summary>Reads <c>env</c> of a section; empty where there is none.</summary>
    /// <param name="section">The section.</param>
    /// <param name="processNames">The processes that placeholders may name.</param>
    /// <param name="isDotNet">Whether the variables are for a .NET program.</param>
    /// <param name="processes">The processes over whose variables these lie; none where they are a process's own.</param>
    public static IReadOnlyDictionary<string, string> Read(ScenarioSection section, IReadOnlySet<string> processNames, bool isDotNet, params IReadOnlyList<TargetProcess> processes)
    {
        var variables = ReadMap(section, "env", TextRule.VariableName, TextRule.VariableValue, StringComparer.Ordinal);
        foreach (var (node, value) in variables)
        {
            CheckPlaceholders(node, value, processNames, section.Faults);
            if (OtlpEnvironment.IsRead(node.Path.Key!) && CallerReference.NamesIn(value) is [var reference, ..])
            {
                section.Faults.Add(node, $"${{{reference}}}: what this variable says must stand in the scenario, for the report judges the arms by it.", "Write the value itself.");
            }
            else if ((SdkVariableRules.FaultOf(node.Path.Key!, value, isDotNet) ?? OtlpEnvironment.FaultOf(node.Path.Key!, value, isDotNet)) is var (problem, advice))
            {
                section.Faults.Add(node, problem, advice);
            }
        }

        var environment = ToDictionary(variables);
        IReadOnlyList<IReadOnlyDictionary<string, string>> merged = processes.Count == 0 ? [environment] : [.. processes.Select(process => process.EnvironmentUnder(environment))];
        CheckTogether(variables, [TraceSampler.ArgumentVariable, TraceExporters.SamplerVariable], merged.Select(all => TraceSampler.Of(all).FaultOfRatio()), section.Faults);
        CheckTogether(variables, OtlpEnvironment.CompressionVariables, merged.Select(OtlpEnvironment.FaultOfCompression), section.Faults);
        CheckTogether(variables, SdkNumberRules.BatchVariables, merged.Select(SdkNumberRules.FaultOfBatch), section.Faults);
        return environment;
    }

    // Variables that belong together may stand in different sections. What none of these changes is reported where it stands.
    private static void CheckTogether(
        List<(YamlNode Node, string Value)> variables, IReadOnlyList<string> names, IEnumerable<(string Problem, string Advice)?> found, YamlFaults faults)
    {
        var node = names.Select(name => variables.FirstOrDefault(variable => variable.Node.Path.Key == name).Node).FirstOrDefault(node => node is not null);
        if (node is not null && found.FirstOrDefault(fault => fault is not null) is var (problem, advice))
        {
            faults.Add(node, problem, advice);
        }
    }

    /// <summary>Reads the headers of a request; empty where there are none.</summary>
    public static IReadOnlyDictionary<string, string> ReadHeaders(ScenarioSection section)
    {
        var headers = ReadMap(section, "headers", TextRule.HeaderName, TextRule.HeaderValue, StringComparer.OrdinalIgnoreCase);
        foreach (var (node, value) in headers)
        {
            CheckReferences(node, value, section.Faults);
            if (CallerReference.NamesIn(value).FirstOrDefault(name => Environment.GetEnvironmentVariable(name) is { } set && TextRule.HeaderValue.FaultOf(set) is not null) is { } unfit)
            {
                section.Faults.Add(node, $"the value of {unfit} in your environment {TextRule.HeaderValue.Problem}", TextRule.HeaderValue.Advice);
            }

            if (node.Path.Key is { } name && GeneratorHeaders.Contains(name))
            {
                section.Faults.Add(node, "the load generator sets this header itself, or does not support what it asks for.", "Remove it.");
            }
        }

        return ToDictionary(headers);
    }

    /// <summary>Reports placeholders that a text must not have.</summary>
    public static void CheckPlaceholders(YamlNode node, string text, IReadOnlySet<string> processNames, YamlFaults faults)
    {
        CheckReferences(node, text, faults);
        var isSecret = SecretText.Hide(node.Path.Key, text) != text;
        foreach (var (problem, advice) in Placeholders.FaultsOf(CallerReference.Without(text), processNames))
        {
            faults.Add(node, isSecret ? "a brace in it begins or ends no placeholder." : problem, advice);
        }
    }

    /// <summary>Reports references to variables that the caller has not set.</summary>
    public static void CheckReferences(YamlNode node, string text, YamlFaults faults)
    {
        foreach (var name in CallerReference.NamesIn(text).Where(name => Environment.GetEnvironmentVariable(name) is null))
        {
            faults.Add(node, $"${{{name}}}: the environment variable {name} is not set.", $"Set it in the shell that starts PerfLab, or write $${{{name}}} for the text itself.");
        }
    }

    // Those of the connection follow from the target; a second one would make the request invalid (RFC 9112).
    private static readonly HashSet<string> GeneratorHeaders = new([.. RequestDefinition.ExcludedHeaders, "Host", "Connection"], StringComparer.OrdinalIgnoreCase);

    private static List<(YamlNode Node, string Value)> ReadMap(ScenarioSection section, string key, TextRule nameRule, TextRule valueRule, StringComparer comparer)
    {
        var values = new List<(YamlNode Node, string Value)>();
        if (section.Find(key) is not { } node)
        {
            return values;
        }

        if (node is not YamlMap map)
        {
            ScenarioSection.ReportWrongKind(node, "a map", "Write NAME: value, one a line.", section.Faults);
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
            else if (ScenarioSection.ReadText(valueNode, valueRule, section.Faults) is { } value)
            {
                values.Add((valueNode, value));
            }
        }

        return values;
    }

    private static OrderedDictionary<string, string> ToDictionary(List<(YamlNode Node, string Value)> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Node.Path.Key!, pair.Value)), StringComparer.Ordinal);
}
