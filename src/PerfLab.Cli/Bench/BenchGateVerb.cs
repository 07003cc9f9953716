using System.CommandLine;
using PerfLab.Analysis.Runs;
using PerfLab.Bench.Gates;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.Results;

namespace PerfLab.Cli.Bench;

/// <summary><c>bench gate</c>: how often the nightly gate finds a planted cost, and blocks without one.</summary>
internal static class BenchGateVerb
{
    private const string Scenario = "gate-check";
    private const int QuickNights = 20;

    // Two looks of the fewest that have an interval.
    private const int FewestLaunchSets = 12;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "A short run and few nights: shows that it works, not how well." };
        var budget = BudgetOption.Create("40m");
        budget.Description = "Wall-clock time for the run that the nights are drawn from.";
        var run = new Option<string?>("--run") { Description = "Draw from this run of the scenario gate-check instead of a new one: its name, the end of it, or a path.", HelpName = "RUN" };
        var nights = NumberOption.Create("--nights", new WholeNumbers<int>(1, 10_000, "200 take a minute."), 200, "Nights for each head.");
        var launchSets = NumberOption.CreateOptional("--launch-sets", new WholeNumbers<int>(6, 100, "12 are about half an hour."), "Launch sets of a night; as many again for its second look. Default: 12, or half of those of a shorter run.");
        var results = ResultsOption.Create();
        var command = new Command("gate", "Measure how often the nightly gate finds a planted cost, and how often it blocks without one.") { quick, budget, run, nights, launchSets, results };
        command.SetAction(parse =>
        {
            var options = new GateBenchOptions
            {
                Policy = GatePolicyFile.Load(Path.Combine(Checkout.Root, GatePolicyFile.StandardName)),
                Nights = parse.GetValue(quick) ? QuickNights : parse.GetValue(nights),
                LaunchSetsOfNight = parse.GetValue(launchSets),
            };
            var folder = parse.GetRequiredValue(results);
            return parse.GetValue(run) is { } measured
                ? DrawAsync(Find(folder, measured), options, folder)
                : RunAsync(options, BudgetOption.Read(parse.GetRequiredValue(budget)), parse.GetValue(quick), folder);
        });
        return command;
    }

    // Runs of benches lie beside their tables.
    private static RunFolder Find(string results, string run)
    {
        try
        {
            return RunFolder.Find(BenchFiles.FolderIn(results), run);
        }
        catch (RunNotFoundException)
        {
            return RunFolder.Find(results, run);
        }
    }

    private static async Task<int> RunAsync(GateBenchOptions options, TimeSpan budget, bool isQuick, string results)
    {
        ResultsOption.Check(BenchFiles.FolderIn(results));
        var scenario = Checkout.Load(Scenario);
        scenario = scenario with { Design = scenario.Design with { Budget = budget } };
        if (2 * options.LaunchSetsOfNight > scenario.Design.LaunchSets)
        {
            throw new UsageException($"--launch-sets {options.LaunchSetsOfNight}: two looks need twice as many, and scenario {Scenario} plans {scenario.Design.LaunchSets} (bench gate). Draw shorter nights.");
        }

        if (isQuick)
        {
            var quick = BenchRun.Quick(scenario);
            scenario = quick with { Design = quick.Design with { LaunchSets = FewestLaunchSets } };
        }

        var (run, exitCode) = await BenchRun.MakeAsync(scenario, results);
        return run is null ? exitCode : await DrawAsync(run.Folder, options, results);
    }

    private static async Task<int> DrawAsync(RunFolder folder, GateBenchOptions options, string results)
    {
        // As for a report: what was changed since is refused.
        RunAnalysis analysis = RunReports.Analyze(folder);
        if (analysis.Plan.Scenario != Scenario)
        {
            throw new UsageException($"--run {folder.RunId}: it is a run of {analysis.Plan.Scenario}, and which of its arms cost more is not known (bench gate). Name one of {Scenario}.");
        }

        var drawn = GateBench.Draw(analysis.Manifest, analysis.Plan, folder.ReadLaunches(analysis.Plan), options, TimeProvider.System);
        var record = drawn with { Goals = GateBenchGoals.Judge(drawn) };
        await BenchFiles.ShowAndWriteAsync(results, record.Started, "gate", record, GateBenchText.Compose(record));
        return BenchFiles.CodeOf(record.Goals);
    }
}
