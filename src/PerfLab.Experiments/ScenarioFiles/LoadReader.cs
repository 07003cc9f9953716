using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>load</c>.</summary>
internal static class LoadReader
{
    private static readonly LoadDefinition Defaults = new()
    {
        RatePerSecond = null,
        CapacityShare = 0.5,
        Arrivals = ArrivalProcess.Poisson,
        MaxInFlight = 256,
    };

    /// <summary>Reads the section; null gives the defaults.</summary>
    public static LoadDefinition Read(YamlNode? node, YamlFaults faults)
    {
        if (node is null)
        {
            return Defaults;
        }

        var section = Section.Open(node, SectionKeys.Load, faults);
        var load = new LoadDefinition
        {
            RatePerSecond = ReadRate(section),
            CapacityShare = section.Number("capacity_share", Quantities.CapacityShare, Defaults.CapacityShare),
            Arrivals = section.Choice("arrivals", Choices.Arrivals, Defaults.Arrivals),
            MaxInFlight = section.Number("max_in_flight", Quantities.MaxInFlight, Defaults.MaxInFlight),
        };
        if (load.RatePerSecond is not null && section.Has("capacity_share"))
        {
            faults.Add(section.Value("capacity_share"), "it has no effect beside a fixed rate.", "Remove it, or use rate: auto.");
        }

        return load;
    }

    private static double? ReadRate(Section section) =>
        section.Find("rate") switch
        {
            null or YamlText { Value: "auto" } => null,
            var node => Section.ReadNumber(node, Quantities.Rate, section.Faults),
        };
}
