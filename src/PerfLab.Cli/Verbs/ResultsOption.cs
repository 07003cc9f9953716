using System.CommandLine;

namespace PerfLab.Cli.Verbs;

/// <summary><c>--results FOLDER</c>, the same for every verb that reads or writes runs.</summary>
internal static class ResultsOption
{
    /// <summary>Creates the option; the default is <c>results/</c> of the checkout.</summary>
    public static Option<string> Create() => new("--results")
    {
        Description = "The folder of runs.",
        DefaultValueFactory = _ => Checkout.Results,
    };
}
