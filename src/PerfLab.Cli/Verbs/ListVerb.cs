using System.CommandLine;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Cli.Verbs;

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
            return $"{name,-16} (invalid: {error.Faults.Count} faults; run ./run.sh validate {name})";
        }
    }
}
