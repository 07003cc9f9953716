using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>design</c>.</summary>
internal static class DesignReader
{
    // The longest warm-up, where the file does not say, as a multiple of the least.
    private const int WarmUpLimitFactor = 3;

    private static readonly DesignDefinition Defaults = new()
    {
        LaunchSets = 12,
        Rounds = 20,
        Slice = TimeSpan.FromMilliseconds(100),
        WarmUp = TimeSpan.FromSeconds(2),
        WarmUpLimit = TimeSpan.FromSeconds(2 * WarmUpLimitFactor),
        Budget = TimeSpan.FromMinutes(11),
        Runtime = RuntimeProfile.Lab,
        Seed = 20260101,
    };

    /// <summary>Reads the section; null gives the defaults.</summary>
    public static DesignDefinition Read(YamlNode? node, YamlFaults faults)
    {
        if (node is null)
        {
            return Defaults;
        }

        var section = Section.Open(node, SectionKeys.Design, faults);
        var warmUp = section.Number("warm_up", Quantities.WarmUp);
        return new DesignDefinition
        {
            LaunchSets = section.Number("launch_sets", Quantities.LaunchSets, Defaults.LaunchSets),
            Rounds = section.Number("rounds", Quantities.Rounds, Defaults.Rounds),
            Slice = section.Number("slice", Quantities.Slice, Defaults.Slice),
            WarmUp = warmUp ?? Defaults.WarmUp,
            WarmUpLimit = ReadWarmUpLimit(section, warmUp),
            Budget = section.Number("budget", Quantities.Budget, Defaults.Budget),
            Runtime = section.Choice("runtime", Choices.Runtime, Defaults.Runtime),
            Seed = section.Number("seed", Quantities.Seed, Defaults.Seed),
        };
    }

    private static TimeSpan ReadWarmUpLimit(Section section, TimeSpan? warmUp)
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
