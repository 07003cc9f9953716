using System.CommandLine;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Cli.Verbs.Benches;

/// <summary><c>--runtime steady</c>: the runtime profile, by its name in scenario files.</summary>
internal static class RuntimeOption
{
    private static readonly Dictionary<string, RuntimeProfile> Profiles =
        new[] { RuntimeProfile.Lab, RuntimeProfile.Steady, RuntimeProfile.Production }.ToDictionary(RuntimeKnobs.NameOf, StringComparer.Ordinal);

    /// <summary>Creates the option.</summary>
    /// <param name="standard">The default.</param>
    public static Option<string> Create(RuntimeProfile standard)
    {
        var option = new Option<string>("--runtime")
        {
            Description = "The runtime profile of all processes.",
            DefaultValueFactory = _ => RuntimeKnobs.NameOf(standard),
        };
        option.AcceptOnlyFromAmong([.. Profiles.Keys]);
        return option;
    }

    /// <summary>Reads the option.</summary>
    public static RuntimeProfile Read(string text) => Profiles[text];
}
