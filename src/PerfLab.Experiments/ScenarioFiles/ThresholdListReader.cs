using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Reads <c>thresholds</c>.</summary>
internal static class ThresholdListReader
{
    /// <summary>Reads all of them, and reports those that no run of the scenario could judge.</summary>
    public static IReadOnlyList<Threshold> Read(Section section, IReadOnlyList<Variant> variants, string baseline)
    {
        string[] names = [.. variants.Select(variant => variant.Name)];
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        var thresholds = new List<Threshold>();
        foreach (var item in section.Items("thresholds", "Write one condition a line, for example - overhead(cpu)<5%, or remove the key."))
        {
            if (Section.ReadText(item, TextRule.Sentence, section.Faults) is not { } text || Parse(item, text, section.Faults) is not { } threshold)
            {
                continue;
            }

            if (ThresholdUse.FaultInScenario(threshold, names, baseline) is var (problem, advice))
            {
                section.Faults.Add(item, problem, advice);
            }
            else if (!firstLines.TryAdd(threshold.Text, item.Line))
            {
                section.Faults.Add(item, $"the same threshold stands on line {firstLines[threshold.Text]}.", "Keep one of them.");
            }

            thresholds.Add(threshold);
        }

        return thresholds;
    }

    private static Threshold? Parse(YamlNode item, string text, YamlFaults faults)
    {
        try
        {
            return Threshold.Parse(text);
        }
        catch (ThresholdSyntaxException error)
        {
            // In quotation marks or over several lines a column of the text is none of the file.
            var offset = item is YamlText { IsPlain: true } ? error.Column - 1 : 0;
            faults.Add(item.Line, item.Column + offset, item.Path.ToString(), error.Problem, error.Advice);
            return null;
        }
    }
}
