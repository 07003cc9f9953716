using System.Text.RegularExpressions;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>The rules for names in scenario files, for whoever is about to write one.</summary>
public static class ScenarioNames
{
    private const int LongestMade = 40;
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);

    /// <summary>Says what is wrong with the name of a scenario and what to do about it; null where nothing is.</summary>
    public static string? FaultOfScenario(string name) => Describe(name, TextRule.ScenarioName);

    /// <summary>Says what is wrong with the path of a readiness check and what to do about it; null where nothing is.</summary>
    public static string? FaultOfReadyPath(string path) => Describe(path, TextRule.ServicePath);

    /// <summary>Says what is wrong with the name of an environment variable and what to do about it; null where nothing is.</summary>
    public static string? FaultOfVariable(string name) => Describe(name, TextRule.VariableName);

    /// <summary>Makes a scenario's name of any text: lower case, dashes in place of what may not be in it, a letter first.</summary>
    /// <param name="text">For example the name of a program.</param>
    public static string Make(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var dashed = Regex.Replace(string.Concat(text.Select(char.ToLowerInvariant)), "[^a-z0-9]+", "-", RegexOptions.CultureInvariant, s_matchLimit).Trim('-');
        var name = dashed.Length > 0 && char.IsAsciiLetterLower(dashed[0]) ? dashed : $"service-{dashed}".TrimEnd('-');
        return name[..Math.Min(LongestMade, name.Length)].TrimEnd('-');
    }

    private static string? Describe(string text, TextRule rule) => rule.FaultOf(text) is var (problem, advice) ? $"{problem} {advice}" : null;
}
