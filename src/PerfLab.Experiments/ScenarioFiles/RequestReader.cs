using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>target.requests</c>.</summary>
internal static class RequestReader
{
    /// <summary>Reads all of them.</summary>
    public static IReadOnlyList<RequestDefinition> ReadAll(Section target)
    {
        var items = target.Items("requests", "Write one - {name: ..., path: ...} for each kind of request.");
        var sections = items.Select(item => Section.Open(item, SectionKeys.Request, target.Faults)).ToList();
        var names = UniqueNames.Read(sections, TextRule.RequestName, "request");
        return [.. sections.Zip(names, Read)];
    }

    /// <summary>Reads one whose name was read before.</summary>
    public static RequestDefinition Read(Section section, string name) => new()
    {
        Name = name,
        Method = section.Choice("method", Choices.Methods, "GET"),
        Path = section.Text("path", TextRule.Path, "/"),
        Headers = EnvironmentReader.ReadHeaders(section),
        Body = section.Find("body") is { } body ? Section.ReadText(body, TextRule.Body, section.Faults) : null,
        ExpectedStatus = section.Number("expect", Quantities.ExpectedStatus, 200),
        Weight = section.Number("weight", Quantities.Weight, 1),
    };
}
