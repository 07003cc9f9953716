using System.CommandLine;
using PerfLab.Analysis.Calibration;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Statistics;

namespace PerfLab.Cli;

/// <summary><c>calibrate</c>: puts known costs into the target and looks whether they are found.</summary>
internal static class CalibrateVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("scenario")
        {
            Description = "The scenario with variants of known cost: a name in scenarios/, or a path.",
            DefaultValueFactory = _ => "calibrate",
        };
        var only = new Option<string[]>("--only")
        {
            Description = $"Only these kinds of cost: {string.Join(", ", CalibrationScenario.Kinds.Keys)}.",
            AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong([.. CalibrationScenario.Kinds.Keys]);
        var budget = BudgetOption.Create("25m");
        var results = ResultsOption.Create();
        var command = new Command("calibrate", "Put costs of known size into the target, measure them as if unknown, and compare.") { name, only, budget, results };
        command.SetAction(parse => RunAsync(
            parse.GetRequiredValue(name),
            parse.GetValue(only) ?? [],
            BudgetOption.Read(parse.GetRequiredValue(budget)),
            parse.GetRequiredValue(results)));
        return command;
    }

    private static async Task<int> RunAsync(string name, string[] only, TimeSpan budget, string results)
    {
        var file = Checkout.Load(name);
        var scenario = CalibrationScenario.Of(file, [.. only.Select(kind => CalibrationScenario.Kinds[kind])], budget)
            ?? throw new UsageException($"{file.Name}: no variant carries {(only.Length == 0 ? "a known cost" : string.Join(" or ", only))}. Give variants SHOP_HANDICAP_* variables, as scenarios/calibrate.yaml does.");
        var execution = await ScenarioExecution.RunAsync(new ScenarioRequest(scenario, results, SignedRankInterval.SmallestCount()));
        if (execution.ExitCode != ExitCode.Passed || execution.Analysis is not { } analysis)
        {
            return execution.ExitCode;
        }

        if (analysis.Calibration.Count == 0)
        {
            await Console.Error.WriteLineAsync($"Nothing can be said: {analysis.LaunchSets} launch sets count, and an interval needs 6. Give it more time with --budget.");
            return ExitCode.Other;
        }

        return analysis.Calibration.Any(series => series.Outcome == CalibrationOutcome.Wrong) ? ExitCode.ThresholdFailed : ExitCode.Passed;
    }
}
