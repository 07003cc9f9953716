using System.CommandLine;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Cli;

/// <summary><c>noise</c>: measures identical arms, and keeps what they show as this machine's noise profile.</summary>
internal static class NoiseVerb
{
    // 2 cores: more arms than these, and starting them takes longer than measuring.
    private const int DefaultArms = 8;
    private const string OwnScenario = "noise";
    private const int FewestArms = 4;
    private const int MostArms = 40;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("scenario")
        {
            Description = "The scenario whose baseline is measured against itself: a name in scenarios/, or a path.",
            DefaultValueFactory = _ => OwnScenario,
        };
        var arms = NumberOption.Create("--arms", new WholeNumbers<int>(FewestArms, MostArms, $"{DefaultArms} suit two processors."), DefaultArms, "Identical arms in each launch set. Two make one comparison.");
        var budget = BudgetOption.Create("40m");
        var runtime = RuntimeOption.CreateForScenario();
        var results = ResultsOption.Create();
        var command = new Command("noise", "Measure identical arms: how often they seem to differ, and what this machine can find.") { name, arms, budget, runtime, results };
        command.SetAction(parse => RunAsync(
            parse.GetRequiredValue(name),
            parse.GetRequiredValue(arms),
            BudgetOption.Read(parse.GetRequiredValue(budget)),
            parse.GetValue(runtime) is { } profile ? RuntimeOption.Read(profile) : null,
            parse.GetRequiredValue(results)));
        return command;
    }

    private static async Task<int> RunAsync(string name, int arms, TimeSpan budget, RuntimeProfile? runtime, string results)
    {
        if (StartCommand.IsTool && name == OwnScenario)
        {
            throw RepositoryVerb.Refusal(OwnScenario, $" With a scenario of your own it works here: {StartCommand.Noise}.");
        }

        var scenario = AaComparison.Of(Checkout.Load(name), arms, budget, runtime);
        var profiles = new NoiseProfileStore(results);
        ResultsOption.Check(profiles.Folder);
        var execution = await ScenarioExecution.RunAsync(new ScenarioRequest(scenario, results, SignedRankInterval.SmallestCount()));
        if (execution.Analysis?.MeasuredNoise is not { } profile)
        {
            await Console.Error.WriteLineAsync($"No noise profile: {execution.Analysis?.LaunchSets ?? 0} launch sets count, and 6 make the first comparison. Give it more time with --budget.");
            return execution.ExitCode == ExitCode.Passed ? ExitCode.Other : execution.ExitCode;
        }

        // Also after an interruption: every launch set that was completed is as good as the others.
        profiles.Save(profile);
        Console.WriteLine($"Kept as the noise profile of this machine with runtime {RuntimeKnobs.NameOf(scenario.Design.Runtime)}: later reports name it beside their verdicts.");
        return execution.ExitCode;
    }
}
