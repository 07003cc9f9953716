using System.CommandLine;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Cli.Verbs;

/// <summary><c>--budget 40m</c>: wall-clock time, written as scenario files write it.</summary>
internal static class BudgetOption
{
    /// <summary>Creates the option.</summary>
    /// <param name="standard">The default, as a person would type it.</param>
    public static Option<string> Create(string standard) => new("--budget")
    {
        Description = "Wall-clock time, for example 90s, 40m or 2h. As many launch sets are planned as fit, and never fewer than 6.",
        DefaultValueFactory = _ => standard,
    };

    /// <summary>Reads the option.</summary>
    /// <exception cref="UsageException">The text is no duration, or out of range.</exception>
    public static TimeSpan Read(string text)
    {
        try
        {
            return BudgetText.Parse(text);
        }
        catch (FormatException error)
        {
            throw new UsageException($"--budget: {error.Message}");
        }
    }
}
