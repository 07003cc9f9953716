using System.CommandLine;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Cli;

/// <summary><c>list</c>: the scenarios with their questions.</summary>
internal static class ListVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("list", "List the scenarios with the question that each answers.");
        command.SetAction(_ =>
        {
            foreach (var file in Checkout.Scenarios.Files())
            {
                Console.WriteLine(Describe(file));
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private static string Describe(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        try
        {
            return $"{name,-16} {ScenarioFile.Load(file).Question}";
        }
        catch (ScenarioException error)
        {
            return $"{name,-16} (invalid: {error.Faults.Count} faults; run {StartCommand.Name} validate {name})";
        }
    }
}

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
            var scenario = Checkout.Load(parse.GetRequiredValue(file));
            Console.WriteLine($"{scenario.Name}: valid, {scenario.Variants.Count} variants, baseline {scenario.Baseline}.");
            foreach (var note in ScenarioNotes.Of(scenario))
            {
                Console.WriteLine(note);
            }

            return ExitCode.Passed;
        });
        return command;
    }
}

/// <summary>What is allowed in a scenario and is probably not meant.</summary>
internal static class ScenarioNotes
{
    /// <summary>Makes the sentences.</summary>
    public static IEnumerable<string> Of(Scenario scenario) =>
    [
        .. SameVariants.Of(scenario).Select(same =>
            $"Note: {same.Second} sets nothing that {same.First} does not, so both run alike and can only be found the same. Check the names of its variables; the baseline is measured twice without that."),
        .. from variant in scenario.Variants
           let environment = scenario.Target.Processes.Select(process => process.EnvironmentUnder(variant.Environment))
               .FirstOrDefault(environment => !TraceExporters.IsDisabled(environment) && TraceSampler.Of(environment).LacksRatio)
           where environment is not null
           select $"Note: {variant.Name} samples every trace: {TraceSampler.Of(environment).Name} takes a ratio of 1 where {TraceSampler.ArgumentVariable} is not set.",
    ];
}
