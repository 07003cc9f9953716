using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>load.generator</c>, and reports what the tool cannot do for the scenario.</summary>
internal static class GeneratorReader
{
    private const string OwnScript = "Give load.generator a command with a script of your own (docs/generators.md), or let PerfLab's engine send the load.";

    /// <summary>Reads the key: the name of a tool, or a map; null where PerfLab's own engine makes the load.</summary>
    /// <param name="load">The section.</param>
    public static GeneratorDefinition? Read(ScenarioSection load)
    {
        if (load.Find("generator") is not { } node)
        {
            return null;
        }

        if (node is not YamlMap)
        {
            return ScenarioSection.ReadText(node, TextRule.ProcessName, load.Faults) is { } name ? OfName(name, node, load.Faults) : null;
        }

        var section = ScenarioSection.Open(node, SectionKeys.Generator, load.Faults);
        var generator = section.Has("tool") && section.Find("tool") is { } tool ? OfName(section.Text("tool", TextRule.ProcessName), tool, load.Faults) : null;
        var command = ReadCommand(section, generator?.Contract);
        return generator is null ? null : generator with
        {
            Command = section.Has("command") ? command : null,
            Connections = section.Number("connections", Quantities.Connections, GeneratorDefinition.DefaultConnections),
            StatedLoop = section.Has("loop") ? section.Choice("loop", Choices.Loops, generator.Contract.Loop) : null,
        };
    }

    /// <summary>Reports what stands in the way of the tool.</summary>
    /// <param name="node">Where faults are shown.</param>
    /// <param name="load">The load.</param>
    /// <param name="requests">The requests of the target.</param>
    /// <param name="faults">Where faults go.</param>
    public static void Check(YamlNode node, LoadDefinition load, IReadOnlyList<RequestDefinition> requests, YamlFaults faults)
    {
        if (load.Generator is not { } generator)
        {
            return;
        }

        foreach (var (problem, advice) in FaultsOf(generator, load, requests))
        {
            faults.Add(node.Line, node.Column, "load.generator", problem, advice);
        }
    }

    private static IEnumerable<(string Problem, string Advice)> FaultsOf(GeneratorDefinition generator, LoadDefinition load, IReadOnlyList<RequestDefinition> requests)
    {
        var tool = generator.Contract;
        if (load.Levels.Count > 0)
        {
            yield return ($"load.levels cannot be combined with a load tool, and {tool.Name} is one.", "Remove one of them.");
        }

        if (requests.Any(LoginDefinition.IsIn))
        {
            yield return ($"{tool.Name} does not know the token of target.login.", "Let its own script log in, with a command of your own, or measure with PerfLab's engine.");
        }

        if (load.ClosedLoopConnections is not null)
        {
            yield return ($"load.closed_loop is measured by PerfLab's engine, and cannot be combined with {tool.Name}.", "Remove one of them.");
        }

        if (load.RatePerSecond is not null && !generator.TakesRate)
        {
            yield return ($"{tool.Name} sends the next request after each response: load.rate has no effect on it.", "Remove load.rate, which leaves the rate of the warm-up to the pilot, or take a tool that keeps a rate, such as hey.");
        }

        if (generator.Command is not null || requests.Count == 0)
        {
            yield break;
        }

        if (generator.StatedLoop is not null)
        {
            yield return ("loop says what a command of your own does, and there is none.", $"Remove it: {tool.Name} is known.");
        }

        if (tool.Command.Count == 0)
        {
            yield return ($"{tool.Name} runs a script, and there is none.", OwnScript);
            yield break;
        }

        if (requests.Count > 1)
        {
            yield return ($"{tool.Name} sends one kind of request, and the target has {requests.Count}.", OwnScript);
        }

        if (!tool.Methods.Contains(requests[0].Method, StringComparer.Ordinal))
        {
            yield return ($"{tool.Name} cannot send {requests[0].Method} by its flags.", OwnScript);
        }

        if (!tool.CountsStatuses && !Enumerable.Range(200, 400).All(status => !requests[0].ExpectedStatus.Allows(status) || status < 300))
        {
            yield return ($"{tool.Name} has its own idea of a good status (2xx), and request {requests[0].Name} expects {requests[0].ExpectedStatus}.", $"Take a tool that tells statuses apart ({string.Join(", ", GeneratorCatalog.All.Where(each => each is { CountsStatuses: true, Command.Count: > 0 }).Select(each => each.Name))}). {OwnScript}");
        }
    }

    private static GeneratorDefinition? OfName(string name, YamlNode node, YamlFaults faults)
    {
        if (name.Length == 0)
        {
            return null;
        }

        if (GeneratorCatalog.Find(name) is null)
        {
            faults.Add(node, $"{QuotedText.Of(name)} is not a load tool that is known.", NearestName.Advise(name, GeneratorCatalog.Names));
            return null;
        }

        return new GeneratorDefinition(name);
    }

    private static List<string> ReadCommand(ScenarioSection section, GeneratorTool? tool)
    {
        var words = new List<string>();
        foreach (var item in section.Items("command", "Write the program and each argument as an item of their own: [k6, run, -e, \"URL={url}\", script.js]; no shell is involved."))
        {
            if (ScenarioSection.ReadText(item, words.Count == 0 ? TextRule.Sentence : TextRule.Argument, section.Faults) is not { } text)
            {
                continue;
            }

            foreach (var name in tool is null ? [] : GeneratorCommand.UnknownIn(text, tool))
            {
                section.Faults.Add(item, name is "{" or "}" ? $"a {name} stands alone." : $"{{{name}}} is not a placeholder of a load tool.", $"{tool!.Name} has {string.Join(", ", GeneratorCommand.PlaceholdersOf(tool).Select(known => $"{{{known}}}"))}; write {{{{ and }}}} for braces.");
            }

            words.Add(text);
        }

        // NBomber takes the address from its configuration.
        if (words.Count > 0 && tool is { Files: var files } && !files.ContainsKey("config") && !words.Any(word => word.Contains("{url}", StringComparison.Ordinal) || word.Contains("{request}", StringComparison.Ordinal) || word.Contains("{targets}", StringComparison.Ordinal)))
        {
            section.Faults.Add(section.Value("command"), "the command does not say where the arm is, and each has a port of its own.", "Pass {url}, for example -e \"URL={url}\", or {request}, which is the address of the first request.");
        }

        return words;
    }
}
