using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>A budget as a person types it on a command line: the rules of <c>design.budget</c> in a scenario file.</summary>
public static class BudgetText
{
    /// <summary>Reads a budget.</summary>
    /// <param name="text">For example <c>90s</c>, <c>40m</c> or <c>2h</c>.</param>
    /// <exception cref="FormatException">The text is no duration, or out of range; the message says what is and what to write.</exception>
    public static TimeSpan Parse(string text)
    {
        var parsed = Quantities.Budget.Read(new YamlText(YamlPath.Root, 1, 1, text, IsPlain: true));
        return parsed.Problem is null ? parsed.Value : throw new FormatException($"{parsed.Problem} {parsed.Advice}");
    }
}
