using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>variants</c>.</summary>
internal static class VariantReader
{
    /// <summary>Reads all of them; those with a faulty name are left out, for they cannot be told apart.</summary>
    public static IReadOnlyList<Variant> ReadAll(Section scenario, IReadOnlySet<string> processNames)
    {
        var items = scenario.Items("variants", "Write one - {name: ..., meaning: ..., env: {...}} for each variant, the baseline among them.");
        var sections = items.Select(item => Section.Open(item, SectionKeys.Variant, scenario.Faults)).ToList();
        var names = UniqueNames.Read(sections, TextRule.VariantName, "variant");
        var variants = sections.Zip(names, (section, name) => new Variant(
            name,
            section.Text("meaning", TextRule.Sentence),
            EnvironmentReader.Read(section, processNames))
        {
            BackEnd = BackEndReader.Read(section),
            Tail = TailReader.Read(section),
        });
        return [.. variants.Where(variant => variant.Name.Length > 0)];
    }
}
