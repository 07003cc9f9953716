using System.CommandLine;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Cli.Options;

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
            return BudgetParser.Parse(text);
        }
        catch (FormatException error)
        {
            throw new UsageException($"--budget: {error.Message}");
        }
    }
}

/// <summary><c>--runtime steady</c>: the runtime profile, by its name in scenario files.</summary>
internal static class RuntimeOption
{
    private static readonly Dictionary<string, RuntimeProfile> Profiles =
        new[] { RuntimeProfile.Lab, RuntimeProfile.Steady, RuntimeProfile.Production }.ToDictionary(RuntimeKnobs.NameOf, StringComparer.Ordinal);

    /// <summary>Creates the option with a default.</summary>
    /// <param name="standard">The default.</param>
    public static Option<string> Create(RuntimeProfile standard)
    {
        var option = Create("The runtime profile of all processes.");
        option.DefaultValueFactory = _ => RuntimeKnobs.NameOf(standard);
        return option;
    }

    /// <summary>Creates the option where a scenario says what holds without it.</summary>
    public static Option<string> CreateForScenario() => Create("The runtime profile of all processes, in place of the scenario's.");

    /// <summary>Reads the option.</summary>
    public static RuntimeProfile Read(string text) => Profiles[text];

    private static Option<string> Create(string description)
    {
        var option = new Option<string>("--runtime") { Description = description };
        option.AcceptOnlyFromAmong([.. Profiles.Keys]);
        return option;
    }
}
