using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;
using static PerfLab.Experiments.ScenarioFiles.KeyRule;

namespace PerfLab.Experiments.Gates;

/// <summary>Reads policy files, as strictly as scenario files. <c>docs/gate.md</c> describes the format.</summary>
public static class GatePolicyFile
{
    /// <summary>The name by which a policy is looked for.</summary>
    public const string StandardName = "perflab.gate.yaml";

    /// <summary>Reads a file and the scenario that it names.</summary>
    /// <param name="path">Its path, as messages shall show it; relative paths in it belong to its folder.</param>
    /// <exception cref="ScenarioException">The file or its scenario is missing, cannot be read, or has faults; it holds all faults of one of them.</exception>
    public static GatePolicy Load(string path) => CheckedFile.Load(path, GatePolicyReader.Read, StandardName);

    /// <summary>Reads the text of a file, and the scenario that it names.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="displayPath">The path that messages show; relative paths in the text belong to its folder.</param>
    /// <exception cref="ScenarioException">As for a file.</exception>
    public static GatePolicy Parse(string yaml, string displayPath) => CheckedFile.Parse(yaml, displayPath, GatePolicyReader.Read);
}

/// <summary>Reads the whole of a policy from its tree.</summary>
internal static class GatePolicyReader
{
    private static readonly TimeSpan s_defaultLimit = TimeSpan.FromMinutes(15);

    private static readonly OrderedDictionary<string, GateAction> s_actions = new(StringComparer.Ordinal)
    {
        ["block"] = GateAction.Block,
        ["warn"] = GateAction.Warn,
    };

    private static readonly KeyRule[] s_actionKeys =
    [
        Optional("regressed", "regressed: block"),
        Optional("undecided", "undecided: warn"),
        Optional("missing", "missing: block"),
    ];

    private static readonly KeyRule[] s_keys =
    [
        Required("gate", "gate: orders"),
        Required("scenario", "scenario: scenarios/orders.yaml"),
        Optional("repository", "repository: ../orders"),
        Required("build", "build: [dotnet, publish, src/Orders, -c, Release, -o, \"{build}\"]"),
        Optional("build_limit", "build_limit: 15m"),
        Required("command", "command: [dotnet, \"{build}/Orders.dll\", --urls, \"{url}\"]"),
        Optional("directory", "directory: \"{build}\""),
        Required("arms", "arms: [off, always-on]"),
        Required("metrics", "metrics: {cpu: {threshold: 3%}, allocation: {threshold: 1%}}"),
        .. s_actionKeys,
    ];

    private static readonly KeyRule[] s_metricKeys = [Optional("threshold", "threshold: 3%"), .. s_actionKeys];

    /// <summary>Reads a policy; it may be used only if no fault was added.</summary>
    public static GatePolicy Read(YamlNode root, string path, YamlFaults faults)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        var section = ScenarioSection.Open(root, s_keys, faults);
        var scenario = ReadScenario(section, folder);
        return new GatePolicy
        {
            Name = section.Text("gate", TextRule.ScenarioName),
            Scenario = scenario!,
            Repository = ReadRepository(section, folder),
            Build = new BuildRecipe(
                ReadWords(section, "build", (node, text) => CheckBuild(section, node, text)),
                new ArmProgram(ReadWords(section, "command", (node, text) => CheckProgram(section, node, text, scenario)), ReadDirectory(section, scenario)),
                section.Number("build_limit", Quantities.BuildLimit, s_defaultLimit)),
            Arms = ReadArms(section, scenario),
            Metrics = ReadMetrics(section),
        };
    }

    private static Scenario? ReadScenario(ScenarioSection section, string folder)
    {
        var name = section.Text("scenario", TextRule.Argument);
        if (name.Length == 0)
        {
            return null;
        }

        var file = Path.GetFullPath(name, folder);
        if (File.Exists(file))
        {
            return ScenarioFile.Load(file);
        }

        section.Faults.Add(section.Value("scenario"), $"{QuotedText.Of(file)} does not exist.", "Name a scenario file; a relative path belongs to the folder of the policy file.");
        return null;
    }

    private static string ReadRepository(ScenarioSection section, string folder)
    {
        var repository = Path.GetFullPath(section.Text("repository", TextRule.Argument, "."), folder);
        if (section.Has("repository") && !Directory.Exists(repository))
        {
            section.Faults.Add(section.Value("repository"), $"{QuotedText.Of(repository)} is not a folder.", "Name the folder of a git repository; a relative path belongs to the folder of the policy file.");
        }

        return repository;
    }

    private static List<string> ReadWords(ScenarioSection section, string key, Action<YamlNode, string> check)
    {
        var words = new List<string>();
        foreach (var item in section.Items(key, "Write the program and each argument as an item of their own; no shell is involved."))
        {
            if (ScenarioSection.ReadText(item, words.Count == 0 ? TextRule.Sentence : TextRule.Argument, section.Faults) is { } text)
            {
                check(item, text);
                words.Add(text);
            }
        }

        return words;
    }

    private static string? ReadDirectory(ScenarioSection section, Scenario? scenario)
    {
        if (section.Find("directory") is not { } node || ScenarioSection.ReadText(node, TextRule.Argument, section.Faults) is not { } text)
        {
            return null;
        }

        CheckProgram(section, node, text, scenario);
        return text;
    }

    // A build knows no ports: it has the two folders and nothing else.
    private static void CheckBuild(ScenarioSection section, YamlNode node, string text)
    {
        foreach (var name in Placeholders.NamesOf(BuildPlaceholders.Without(text)))
        {
            section.Faults.Add(
                node,
                name is "{" or "}" ? $"a {name} stands alone." : $"{{{name}}} is not known while a commit is built.",
                "A build has {build} and {checkout}; write {{ and }} for braces.");
        }
    }

    // Without a readable scenario its processes are not known.
    private static void CheckProgram(ScenarioSection section, YamlNode node, string text, Scenario? scenario)
    {
        if (scenario is null)
        {
            return;
        }

        var processNames = scenario.Target.Processes.Select(process => process.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (problem, advice) in Placeholders.FaultsOf(BuildPlaceholders.Without(text), processNames))
        {
            section.Faults.Add(node, problem, $"{advice} A gate has {{build}} and {{checkout}} too.");
        }
    }

    private static List<string> ReadArms(ScenarioSection section, Scenario? scenario)
    {
        var arms = new List<string>();
        foreach (var item in section.Items("arms", "Name variants of the scenario, for example [off, always-on]."))
        {
            if (ScenarioSection.ReadText(item, TextRule.VariantName, section.Faults) is not { } arm)
            {
                continue;
            }

            if (scenario is not null && scenario.Variants.All(variant => variant.Name != arm))
            {
                section.Faults.Add(item, $"{QuotedText.Of(arm)} is not a variant of {scenario.Name}.", NearestName.Advise(arm, [.. scenario.Variants.Select(variant => variant.Name)]));
            }
            else if (arms.Contains(arm, StringComparer.Ordinal))
            {
                section.Faults.Add(item, $"{QuotedText.Of(arm)} is named twice.", "Keep one of them.");
            }
            else
            {
                arms.Add(arm);
            }
        }

        return arms;
    }

    private static List<GateMetric> ReadMetrics(ScenarioSection section)
    {
        var regressed = section.Choice("regressed", s_actions, GateAction.Block);
        var undecided = section.Choice("undecided", s_actions, GateAction.Warn);
        var missing = section.Choice("missing", s_actions, GateAction.Block);
        if (section.Find("metrics") is not { } node)
        {
            return [];
        }

        // What may be zero by its nature has no ratio, so nothing to compare with a threshold.
        MetricDefinition[] judged = [.. MetricCatalog.All.Where(metric => !metric.IsDifferenceOnly)];
        var metrics = ScenarioSection.Open(node, [.. judged.Select(metric => Optional(metric.Key, $"{metric.Key}: {{threshold: 5%}}"))], section.Faults);
        if (node is YamlMap { Entries.Count: 0 })
        {
            section.Faults.Add(node, "the map is empty.", "Name at least one metric, for example cpu: {threshold: 3%}.");
        }

        return
        [
            .. from metric in judged
               let value = metrics.Find(metric.Key)
               where value is not null
               let own = ScenarioSection.Open(value, s_metricKeys, section.Faults)
               select new GateMetric
               {
                   Metric = metric.Id,
                   Threshold = own.Number("threshold", Quantities.PracticalThreshold, metric.PracticalThreshold),
                   WhenRegressed = own.Choice("regressed", s_actions, regressed),
                   WhenUndecided = own.Choice("undecided", s_actions, undecided),
                   WhenMissing = own.Choice("missing", s_actions, missing),
               },
        ];
    }
}
