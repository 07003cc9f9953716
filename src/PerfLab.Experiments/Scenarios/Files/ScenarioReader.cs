using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Experiments.Scenarios.Files;

/// <summary>Makes a scenario of a tree. Where something is wrong it adds a fault and reads on.</summary>
internal sealed partial class ScenarioReader
{
    private readonly FaultList _faults;

    private ScenarioReader(FaultList faults) => _faults = faults;

    /// <summary>Reads the top of a file; the result counts only when no fault was added.</summary>
    public static Scenario? Read(YamlNode root, FaultList faults) =>
        MapReader.Of(root, string.Empty, faults) is { } top ? new ScenarioReader(faults).ReadTop(top) : null;

    private Scenario ReadTop(MapReader top)
    {
        var name = top.RequiredText("scenario", "Give the file's name without .yaml.");
        if (name is not null && !NamePattern().IsMatch(name))
        {
            _faults.Add(top.Map, $"scenario: '{name}' is not a name. Use lower-case letters, digits and dashes, at most 40.");
        }

        var scenario = new Scenario
        {
            Name = name ?? string.Empty,
            Question = top.RequiredText("question", "Write the one question that this scenario answers.") ?? string.Empty,
            Target = TargetReader.Read(top.Required("target", "Say what to start and what to ask of it."), _faults),
            Load = ReadLoad(top.Optional("load")),
            Design = ReadDesign(top.Optional("design")),
            PracticalThresholds = ReadThresholds(top),
            Baseline = top.RequiredText("baseline", "Name the variant that all others are compared with.") ?? string.Empty,
            Variants = ReadVariants(top.Required("variants", "List at least two variants.")),
        };
        CheckBaseline(top, scenario);
        top.RefuseOthers();
        return scenario;
    }

    private LoadDefinition ReadLoad(YamlNode? node)
    {
        var reader = node is null ? null : MapReader.Of(node, "load", _faults);
        reader ??= new MapReader(new YamlMap(1, 1, []), "load", _faults);
        var load = new LoadDefinition
        {
            RatePerSecond = reader.Value<double?>("rate", null, Quantities.RateFault, Quantities.Rate),
            CapacityShare = reader.Value("capacity_share", 0.5, Quantities.PercentFault(0.1, 0.8), Quantities.Percent),
            Arrivals = reader.Value("arrivals", ArrivalProcess.Poisson, EnumFault<ArrivalProcess>, EnumOf<ArrivalProcess>),
            MaxInFlight = reader.Value("max_in_flight", 64, Quantities.WholeFault(1, 10_000), Quantities.Whole),
        };
        reader.RefuseOthers();
        return load;
    }

    private DesignDefinition ReadDesign(YamlNode? node)
    {
        var reader = node is null ? null : MapReader.Of(node, "design", _faults);
        reader ??= new MapReader(new YamlMap(1, 1, []), "design", _faults);
        var warmUp = reader.Value("warm_up", TimeSpan.FromSeconds(2), Quantities.DurationFault(TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(10)), Quantities.Duration);
        var design = new DesignDefinition
        {
            LaunchSets = reader.Value("launch_sets", 10, Quantities.WholeFault(2, 1000), Quantities.Whole),
            Rounds = reader.Value("rounds", 20, Quantities.WholeFault(2, 10_000), Quantities.Whole),
            Slice = reader.Value("slice", TimeSpan.FromMilliseconds(100), Quantities.DurationFault(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(10)), Quantities.Duration),
            WarmUp = warmUp,
            WarmUpLimit = reader.Value("warm_up_limit", warmUp * 3, Quantities.DurationFault(warmUp, TimeSpan.FromHours(1)), Quantities.Duration),
            Budget = reader.Value("budget", TimeSpan.FromMinutes(11), Quantities.DurationFault(TimeSpan.FromSeconds(10), TimeSpan.FromHours(24)), Quantities.Duration),
            Runtime = reader.Value("runtime", RuntimeProfile.Lab, EnumFault<RuntimeProfile>, EnumOf<RuntimeProfile>),
            Seed = (ulong)reader.Value("seed", 1, Quantities.WholeFault(0, int.MaxValue), Quantities.Whole),
        };
        reader.RefuseOthers();
        return design;
    }

    private Dictionary<MetricId, double> ReadThresholds(MapReader top)
    {
        var thresholds = new Dictionary<MetricId, double>();
        if (top.Optional("practical_thresholds") is not { } node || MapReader.Of(node, "practical_thresholds", _faults) is not { } reader)
        {
            return thresholds;
        }

        foreach (var metric in MetricCatalogue.All.Where(metric => !metric.IsDifferenceOnly))
        {
            var threshold = reader.Value<double?>(metric.Key, null, Quantities.PercentFault(0.0001, 10), text => Quantities.Percent(text));
            if (threshold is { } ratio)
            {
                thresholds[metric.Id] = ratio;
            }
        }

        reader.RefuseOthers();
        return thresholds;
    }

    private List<Variant> ReadVariants(YamlNode? node)
    {
        var variants = new List<Variant>();
        if (node is null)
        {
            return variants;
        }

        if (node is not YamlList { Items.Count: >= 2 } list)
        {
            _faults.Add(node, "variants: expected a list of at least two. One of them is the baseline.");
            return variants;
        }

        foreach (var (item, index) in list.Items.Select((item, index) => (item, index)))
        {
            if (MapReader.Of(item, $"variants[{index}]", _faults) is { } reader)
            {
                variants.Add(ReadVariant(reader, variants));
            }
        }

        return variants;
    }

    private Variant ReadVariant(MapReader reader, List<Variant> earlier)
    {
        var name = reader.RequiredText("name", "Give it a short name.") ?? string.Empty;
        if (name.Length > 0 && !VariantPattern().IsMatch(name))
        {
            _faults.Add(reader.Map, $"{reader.PathOf("name")}: '{name}' cannot be part of a file name. Use letters, digits, dashes and dots, at most 40, beginning with a letter or digit.");
        }

        if (earlier.Any(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            _faults.Add(reader.Map, $"{reader.PathOf("name")}: '{name}' stands here again. Every variant needs a name of its own.");
        }

        var meaning = reader.RequiredText("meaning", "Say in one line what it means.") ?? string.Empty;
        if (meaning.Contains('\n', StringComparison.Ordinal))
        {
            _faults.Add(reader.Map, $"{reader.PathOf("meaning")}: has more than one line. Say it in one.");
        }

        var variant = new Variant(name, meaning, reader.Texts("env"));
        reader.RefuseOthers();
        return variant;
    }

    private void CheckBaseline(MapReader top, Scenario scenario)
    {
        if (scenario.Baseline.Length > 0 && !scenario.Variants.Any(variant => string.Equals(variant.Name, scenario.Baseline, StringComparison.Ordinal)))
        {
            _faults.Add(top.Optional("baseline")!, $"baseline: '{scenario.Baseline}' is no variant. Use one of: {string.Join(", ", scenario.Variants.Select(variant => variant.Name))}.");
        }
    }

    private static string? EnumFault<T>(string text)
        where T : struct, Enum
    {
        var known = Enum.GetNames<T>().Skip(1).Select(LowerCase).ToList();
        return known.Contains(text, StringComparer.Ordinal) ? null : $"'{text}' is not known. Use one of: {string.Join(", ", known)}.";
    }

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Files write these words in lower case.")]
    private static string LowerCase(string name) => name.ToLowerInvariant();

    private static T EnumOf<T>(string text)
        where T : struct, Enum => Enum.Parse<T>(text, ignoreCase: true);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.-]{0,39}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariantPattern();
}
