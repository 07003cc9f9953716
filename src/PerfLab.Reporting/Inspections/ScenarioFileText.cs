using System.Globalization;
using PerfLab.Analysis.Inspections;
using PerfLab.Experiments;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Reporting.Inspections;

/// <summary>Writes the scenario of an inspected service as a file that its user can read and change.</summary>
public static class ScenarioFileText
{
    private const string Schema = "scenario.schema.json";

    /// <summary>Composes the file.</summary>
    /// <param name="inspection">The inspection.</param>
    /// <param name="proposal">The scenario that was made of it.</param>
    /// <param name="directory">The working folder as the file shall name it; null leaves it to the rule of scenario files.</param>
    /// <param name="hasSchema">Whether the schema of scenario files lies beside it.</param>
    public static string Compose(ServiceInspection inspection, ScenarioProposal proposal, string? directory, bool hasSchema)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(proposal);
        var lines = new List<string>();
        if (hasSchema)
        {
            lines.Add($"# yaml-language-server: $schema={Schema}");
        }

        lines.Add($"# Written by `{StartCommand.Name} init`, to be changed as you like. docs/scenarios.md explains every key.");
        lines.Add($"scenario: {proposal.Scenario.Name}");
        lines.Add($"question: What does tracing cost {proposal.Scenario.Name}?");
        lines.Add(string.Empty);
        lines.AddRange(Target(inspection, proposal.Scenario.Target, directory));
        lines.Add(string.Empty);
        lines.AddRange(Load(proposal));
        lines.Add(string.Empty);
        lines.AddRange(Design(proposal));
        lines.Add(string.Empty);
        lines.AddRange(Variants(proposal.Scenario));
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Target(ServiceInspection inspection, TargetDefinition target, string? directory)
    {
        var process = target.Processes[0];
        yield return "target:";
        yield return "  # Started once for each variant, all at the same time: {port} and {url} are a free port and its address.";
        if (process.Command.Contains(V8MemoryReducer.Flag))
        {
            yield return $"  # {V8MemoryReducer.Flag}: variants take turns, and V8 would take each for idle and drop its code.";
        }

        yield return $"  command: {YamlText.Sequence(process.Command)}";
        if (directory is not null)
        {
            yield return $"  directory: {YamlText.Of(directory)}";
        }

        if (process.Environment.Count > 0)
        {
            yield return "  env:";
            foreach (var (name, value) in process.Environment)
            {
                yield return $"    {name}: {YamlText.Quoted(value)}";
            }
        }

        yield return Text($"  # It was ready after {inspection.StartSeconds:0.0} s.");
        yield return $"  ready: {{ path: {YamlText.Of(process.Ready.Path)}, timeout: {Duration(process.Ready.Timeout)} }}";
        foreach (var line in target.Login is { } login ? Login(login) : [])
        {
            yield return line;
        }

        yield return "  requests:";
        foreach (var request in target.Requests)
        {
            foreach (var line in Request(request, hasToken: target.Login is not null))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Login(LoginDefinition login)
    {
        yield return $"  # Sent once to each variant, when it is ready; {LoginDefinition.Placeholder} below stands for what its answer holds.";
        yield return "  login:";
        foreach (var line in Message(login.Request, "    ", hasToken: false))
        {
            yield return line;
        }

        yield return login.Cookie is { } cookie ? $"    cookie: {YamlText.Of(cookie)}" : $"    token: {YamlText.Of(login.Member!)}";
    }

    private static IEnumerable<string> Message(RequestDefinition request, string indent, bool hasToken)
    {
        yield return $"{indent}method: {request.Method}";
        yield return $"{indent}path: {YamlText.Of(Escape(request.Path, hasToken))}";
        if (request.Headers.Count > 0)
        {
            yield return $"{indent}headers: {YamlText.Map(request.Headers.Select(header => KeyValuePair.Create(header.Key, Escape(header.Value, hasToken))))}";
        }

        if (request.Body is not null)
        {
            yield return $"{indent}body: {YamlText.Quoted(Escape(request.Body, hasToken))}";
        }

        yield return $"{indent}expect: {YamlText.Of(request.ExpectedStatus.Text)}";
    }

    // The token of a login is no text that is sent.
    private static string Escape(string text, bool hasToken) =>
        hasToken ? string.Join(LoginDefinition.Placeholder, text.Split(LoginDefinition.Placeholder).Select(RequestRules.Escape)) : RequestRules.Escape(text);

    private static IEnumerable<string> Request(RequestDefinition request, bool hasToken)
    {
        yield return $"    - name: {request.Name}";
        foreach (var line in Message(request, "      ", hasToken))
        {
            yield return line;
        }

        if (request.Weight != 1)
        {
            yield return Text($"      weight: {request.Weight}");
        }
    }

    private static IEnumerable<string> Load(ScenarioProposal proposal)
    {
        var rate = proposal.Rate;
        yield return "load:";
        yield return Text($"  # {rate.SlowestArm}, the slowest variant, did {rate.CapacityPerSecond:#,0} requests/s here in a closed loop.");
        yield return rate.WantedPerSecond switch
        {
            null => "  # This is a part of it that leaves room. Write the rate of one instance in production if it is lower.",
            _ when rate.IsLowered => Text($"  # The {rate.WantedPerSecond:#,0.##} requests/s of production are more than half of it, which would measure waiting instead of work."),
            _ => "  # This is the rate in production.",
        };
        yield return Text($"  rate: {rate.RatePerSecond}/s");
    }

    private static IEnumerable<string> Design(ScenarioProposal proposal)
    {
        var design = proposal.Scenario.Design;
        yield return "design:";
        yield return Text($"  # A run ends as soon as everything is decided, and after these launch sets at the latest (about {Math.Ceiling(proposal.Seconds / 60):0} min).");
        yield return Text($"  launch_sets: {design.LaunchSets}");
        yield return Text($"  # {proposal.RequestsPerArm:#,0} requests to each variant in a launch set; its window holds two batches of the SDK.");
        yield return Text($"  rounds: {design.Rounds}");
        yield return $"  slice: {Duration(design.Slice)}";
        yield return $"  warm_up: {Duration(design.WarmUp)}";
        yield return Text($"  budget: {design.Budget.TotalMinutes}m");
    }

    private static IEnumerable<string> Variants(Scenario scenario)
    {
        yield return "# A run can pass or fail, for example (docs/thresholds.md):";
        yield return "# thresholds:";
        yield return "#   - overhead(cpu)<10% for always-on";
        yield return string.Empty;
        yield return $"baseline: {scenario.Baseline}";
        yield return "variants:";
        foreach (var variant in scenario.Variants)
        {
            yield return $"  - name: {variant.Name}";
            yield return $"    meaning: {YamlText.Quoted(variant.Meaning + ".")}";
            yield return $"    env: {YamlText.Map(variant.Environment)}";
        }
    }

    private static string Duration(TimeSpan value) => value.TotalSeconds < 1 ? Text($"{value.TotalMilliseconds}ms") : Text($"{value.TotalSeconds}s");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
