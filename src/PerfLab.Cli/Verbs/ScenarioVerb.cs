using System.CommandLine;
using PerfLab.Cli.Display;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Runner.Runs;
using PerfLab.Statistics.Multiplicity;

namespace PerfLab.Cli.Verbs;

/// <summary><c>scenario NAME</c>: runs a scenario and reports.</summary>
internal static class ScenarioVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Name of a file in scenarios/, or a path." };
        var results = ResultsOption.Create();
        var failOnInconclusive = ThresholdExit.CreateOption();
        var command = new Command("scenario", "Compare the variants of a scenario: run it and write the report.") { name, results, failOnInconclusive };
        command.SetAction(parse => RunAsync(parse.GetRequiredValue(name), parse.GetRequiredValue(results), parse.GetValue(failOnInconclusive)));
        return command;
    }

    private static async Task<int> RunAsync(string name, string results, bool failOnInconclusive)
    {
        var file = Checkout.Scenarios.Find(name);
        var scenario = ScenarioFile.Load(file);
        using var interruption = new Interruption();
        var folder = RunFolder.Create(results, scenario.Name, TimeProvider.System, Guid.NewGuid().ToString("N")[..4]);
        var exitCode = ExitCode.Passed;
        await using (var progress = RunProgressDisplay.Start(scenario))
        {
            try
            {
                var end = await ScenarioRunner.RunAsync(scenario, folder, Checkout.Folders, Holm.SmallestSignedRankCount(scenario.Variants.Count - 1), Checkout.Commit(), progress, interruption.Token);
                exitCode = end == RunEnd.Voided ? ExitCode.Crashed : ExitCode.Passed;
            }
            catch (OperationCanceledException)
            {
                exitCode = ExitCode.Interrupted;
            }
        }

        if (!File.Exists(folder.PlanFile))
        {
            return exitCode;
        }

        // A run that was interrupted or crashed says so first: what is left of it may judge thresholds, but did not pass.
        var analysis = Reports.WriteAndShow(folder);
        return exitCode == ExitCode.Passed ? ThresholdExit.CodeOf(analysis, failOnInconclusive) : exitCode;
    }
}
