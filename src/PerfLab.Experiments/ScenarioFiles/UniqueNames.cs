using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads the <c>name</c> of every item of a list; no two may be the same, nor differ in case only.</summary>
internal static class UniqueNames
{
    // Names of devices on Windows, where a file called so, with any ending, cannot be created.
    private static readonly HashSet<string> DeviceNames = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The names in file order; empty text stands for one that is missing or wrong.</summary>
    public static IReadOnlyList<string> Read(IReadOnlyList<ScenarioSection> items, TextRule rule, string what)
    {
        var firstLines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. items.Select(item => Read(item, rule, what, firstLines))];
    }

    private static string Read(ScenarioSection item, TextRule rule, string what, Dictionary<string, int> firstLines)
    {
        var name = item.Text("name", rule);
        if (name.Length == 0)
        {
            return "";
        }

        var node = item.Value("name");
        if (DeviceNames.Contains(name.Split('.')[0]) || name.EndsWith('.'))
        {
            item.Faults.Add(node, $"{QuotedText.Of(name)} cannot be part of a file name on Windows.", "Choose another name.");
        }
        else if (!firstLines.TryAdd(name, node.Line))
        {
            item.Faults.Add(node, $"{QuotedText.Of(name)} is already a {what}, on line {firstLines[name]}.", "Give each a name of its own; upper and lower case are the same in file names.");
        }

        return name;
    }
}
