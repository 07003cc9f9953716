using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>personal_data</c>.</summary>
internal static class PersonalDataReader
{
    private const string Advice = "Write one - {name: customer number, pattern: 'C-[0-9]{6}'} for each kind.";

    /// <summary>Reads the patterns; none where the key is missing.</summary>
    public static IReadOnlyList<PersonalDataPattern> Read(YamlNode? node, YamlFaults faults)
    {
        if (node is null)
        {
            return [];
        }

        var items = ScenarioSection.Open(node, SectionKeys.PersonalData, faults).Items("patterns", Advice);
        var patterns = new List<PersonalDataPattern>();
        foreach (var item in items)
        {
            var section = ScenarioSection.Open(item, SectionKeys.PersonalPattern, faults);
            var name = section.Text("name", TextRule.Sentence);
            var pattern = section.Text("pattern", TextRule.Sentence);
            if (pattern.Length > 0 && FaultOf(pattern) is { } fault)
            {
                faults.Add(section.Value("pattern"), $"{QuotedText.Of(pattern)} is not a pattern: {fault}", "Write a regular expression of .NET without look-around and back references.");
            }

            patterns.Add(new PersonalDataPattern(name, pattern));
        }

        return patterns;
    }

    private static string? FaultOf(string pattern)
    {
        try
        {
            var expression = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return expression.IsMatch(string.Empty) ? "it matches empty text, and so every value." : null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return error.Message.TrimEnd('.') + '.';
        }
    }
}
