using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>design</c>.</summary>
internal static class DesignReader
{
    // The longest warm-up, where the file does not say, as a multiple of the least.
    private const int WarmUpLimitFactor = 3;

    // As much load in a launch set as some tens of rounds of the engine have; a process is started for each window. One that takes
    // its time beside the window is started less often, for longer windows.
    private const int ToolRounds = 4;
    private const int ToolSliceSeconds = 2;
    private const int SlowToolRounds = 2;

    /// <summary>Gets what holds where the file does not say.</summary>
    public static DesignDefinition Defaults { get; } = new()
    {
        LaunchSets = 12,
        Precision = [],
        Rounds = 20,
        Slice = TimeSpan.FromMilliseconds(100),
        WarmUp = TimeSpan.FromSeconds(2),
        WarmUpLimit = TimeSpan.FromSeconds(2 * WarmUpLimitFactor),
        Budget = TimeSpan.FromMinutes(11),
        Runtime = RuntimeProfile.Lab,
        Seed = 20260101,
    };

    /// <summary>Reads the section; null gives the defaults.</summary>
    /// <param name="node">The section.</param>
    /// <param name="load">The load: one that a tool makes comes in longer and fewer slices.</param>
    /// <param name="measurability">Whether the arms have a metric that a precision is asked for.</param>
    /// <param name="faults">Where faults go.</param>
    public static DesignDefinition Read(YamlNode? node, LoadDefinition load, MetricMeasurability measurability, YamlFaults faults)
    {
        var defaults = load.Generator is { } tool ? DefaultsFor(tool) : Defaults;
        if (node is null)
        {
            return defaults;
        }

        var section = ScenarioSection.Open(node, SectionKeys.Design, faults);
        var warmUp = section.Number("warm_up", Quantities.WarmUp);
        var precision = ReadPrecision(section, measurability);
        return new DesignDefinition
        {
            LaunchSets = section.Number("launch_sets", Quantities.LaunchSets, precision.Count > 0 ? Quantities.LaunchSets.Most : Defaults.LaunchSets),
            Precision = precision,
            StopsWhenDecided = section.Choice("stop", Choices.Stops, Defaults.StopsWhenDecided),
            Rounds = load.KeepsDesign ? section.Number("rounds", Quantities.Rounds, defaults.Rounds) : defaults.Rounds,
            Slice = load.Generator is null ? section.Number("slice", Quantities.Slice, defaults.Slice) : load.KeepsDesign ? ReadToolSlice(section, load.Generator, defaults) : defaults.Slice,
            WarmUp = warmUp ?? Defaults.WarmUp,
            WarmUpLimit = ReadWarmUpLimit(section, warmUp),
            Budget = section.Number("budget", Quantities.Budget, Defaults.Budget),
            Runtime = section.Choice("runtime", Choices.Runtime, Defaults.Runtime),
            Seed = section.Number("seed", Quantities.Seed, Defaults.Seed),
        };
    }

    private static DesignDefinition DefaultsFor(GeneratorDefinition tool) => Defaults with
    {
        Rounds = tool.Contract.OverheadSeconds > ToolSliceSeconds ? SlowToolRounds : ToolRounds,
        Slice = TimeSpan.FromSeconds(Math.Max(Math.Max(ToolSliceSeconds, tool.Contract.LeastSeconds), Math.Ceiling(tool.Contract.OverheadSeconds))),
    };

    private static TimeSpan ReadToolSlice(ScenarioSection section, GeneratorDefinition tool, DesignDefinition defaults)
    {
        if (section.Number("slice", Quantities.ToolSlice) is not { } slice)
        {
            return defaults.Slice;
        }

        if (slice.Ticks % TimeSpan.TicksPerSecond != 0 || slice.TotalSeconds < tool.Contract.LeastSeconds)
        {
            section.Faults.Add(section.Value("slice"), $"{Quantities.ShowDuration(slice)} is no window of {tool.Tool}, which runs for whole seconds, {tool.Contract.LeastSeconds} at least.", $"{Quantities.ShowDuration(defaults.Slice)} is a good start.");
        }

        return slice;
    }

    private static IReadOnlyList<PrecisionGoal> ReadPrecision(ScenarioSection section, MetricMeasurability measurability)
    {
        if (section.Find("precision") is not { } node)
        {
            return [];
        }

        if (section.Has("launch_sets"))
        {
            section.Faults.Add(section.Value("launch_sets"), "beside a precision it has no effect.", "Remove one of them: the precision says how many are needed.");
        }

        // Nothing is a percentage of a baseline that may be 0.
        MetricDefinition[] metrics = [.. MetricCatalog.All.Where(metric => !metric.IsDifferenceOnly)];
        var values = ScenarioSection.Open(node, [.. metrics.Select(metric => KeyRule.Optional(metric.Key, $"{metric.Key}: 2%"))], section.Faults);
        foreach (var metric in metrics.Where(metric => values.Has(metric.Key)))
        {
            if (measurability.FaultOf(metric, $"a precision of {metric.Key}") is var (problem, advice))
            {
                section.Faults.Add(values.Value(metric.Key), problem, advice);
            }
        }

        return
        [
            .. from metric in metrics
               let value = values.Find(metric.Key)
               let ratio = value is null ? null : ScenarioSection.ReadNumber(value, Quantities.Precision, section.Faults)
               where ratio is not null
               select new PrecisionGoal(metric.Id, ratio.Value),
        ];
    }

    private static TimeSpan ReadWarmUpLimit(ScenarioSection section, TimeSpan? warmUp)
    {
        // A faulty warm-up is reported already; a limit must not be compared with what stands in for it.
        var least = section.Has("warm_up") ? warmUp : Defaults.WarmUp;
        var limit = section.Number("warm_up_limit", Quantities.WarmUpLimit);
        if (limit < least)
        {
            section.Faults.Add(section.Value("warm_up_limit"), $"{Quantities.ShowDuration(limit.Value)} is shorter than warm_up, {Quantities.ShowDuration(least.Value)}.", "Make it at least as long, or remove it for three times warm_up.");
        }

        return limit ?? (least ?? Defaults.WarmUp) * WarmUpLimitFactor;
    }
}

/// <summary>Reads <c>load</c>.</summary>
internal static class LoadReader
{
    // The arms are started and warmed up for the whole launch set; more levels than these are a scenario of their own.
    private const int MostLevels = 4;

    private static readonly string[] s_keysOfPilot = ["capacity_share", "busy_share", "levels"];

    private static readonly LoadDefinition Defaults = new()
    {
        RatePerSecond = null,
        CapacityShare = 0.5,
        Arrivals = ArrivalProcess.Poisson,
        MaxInFlight = 256,
    };

    /// <summary>Reads the section; null gives the defaults.</summary>
    /// <param name="node">The section.</param>
    /// <param name="tool">The tool of the command line, which takes the place of that in the file; null for none.</param>
    /// <param name="faults">Where faults go.</param>
    public static LoadDefinition Read(YamlNode? node, string? tool, YamlFaults faults)
    {
        var named = tool is null ? null : new GeneratorDefinition(tool);
        if (node is null)
        {
            return Defaults with { Generator = named, KeepsDesign = named is null };
        }

        var section = ScenarioSection.Open(node, SectionKeys.Load, faults);
        var load = new LoadDefinition
        {
            RatePerSecond = ReadRate(section),
            CapacityShare = section.Number("capacity_share", Quantities.CapacityShare, Defaults.CapacityShare),
            BusyShare = section.Number("busy_share", Quantities.BusyShare, Defaults.BusyShare),
            Levels = ReadLevels(section),
            ClosedLoopConnections = section.Number("closed_loop", Quantities.ClosedLoop),
            Arrivals = section.Choice("arrivals", Choices.Arrivals, Defaults.Arrivals),
            MaxInFlight = section.Number("max_in_flight", Quantities.MaxInFlight, Defaults.MaxInFlight),
            Generator = named ?? GeneratorReader.Read(section),
            KeepsDesign = named is null || section.Has("generator"),
        };
        foreach (var key in s_keysOfPilot.Where(key => load.RatePerSecond is not null && section.Has(key)))
        {
            faults.Add(section.Value(key), "it has no effect beside a fixed rate.", "Remove it, or use rate: auto.");
        }

        return load;
    }

    private static double[] ReadLevels(ScenarioSection section)
    {
        if (section.Find("levels") is not { } node)
        {
            return [];
        }

        if (node is not YamlList { Items: { Count: > 0 and <= MostLevels } items })
        {
            section.Faults.Add(node, $"levels must be a list of 1 to {MostLevels} shares of the capacity.", "Write levels: [25%, 75%], or remove the key.");
            return [];
        }

        double?[] read = [.. items.Select(item => ScenarioSection.ReadNumber(item, Quantities.LoadLevel, section.Faults))];
        double[] levels = [.. read.OfType<double>()];
        if (levels.Distinct().Count() < levels.Length)
        {
            section.Faults.Add(node, "a level stands there twice.", "Name each level once.");
        }

        return [.. levels.Order()];
    }

    private static double? ReadRate(ScenarioSection section) =>
        section.Find("rate") switch
        {
            null or YamlText { Value: "auto" } => null,
            var node => ScenarioSection.ReadNumber(node, Quantities.Rate, section.Faults),
        };
}
