using System.CommandLine;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Cli.Verbs;

/// <summary><c>validate FILE</c>: reads a scenario file and names every fault.</summary>
internal static class ValidateVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Name of a file in scenarios/, or a path." };
        var command = new Command("validate", "Check a scenario file and name every fault with its line and column.") { file };
        command.SetAction(parse =>
        {
            var scenario = ScenarioFile.Load(Checkout.Scenarios.Find(parse.GetRequiredValue(file)));
            Console.WriteLine($"{scenario.Name}: valid, {scenario.Variants.Count} variants, baseline {scenario.Baseline}.");
            return ExitCode.Passed;
        });
        return command;
    }
}
