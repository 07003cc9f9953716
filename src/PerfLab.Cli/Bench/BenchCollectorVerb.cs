using System.CommandLine;
using PerfLab.Bench.Collector;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;

namespace PerfLab.Cli.Bench;

/// <summary><c>bench collector</c>: the collector on one core, with recorded exports of a real service.</summary>
internal static class BenchCollectorVerb
{
    private const string DefaultScenario = "sampling";

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "One short round of everything: shows that it works, not how well." };
        var scenario = new Option<string>("--scenario") { Description = "The scenario whose service's exports are recorded.", DefaultValueFactory = _ => DefaultScenario };
        var results = ResultsOption.Create();
        var command = new Command("collector", "Measure the collector on one core with recorded exports of a real service.") { quick, scenario, results };
        command.SetAction(parse => RunAsync(OptionsOf(parse.GetRequiredValue(scenario), parse.GetValue(quick)), parse.GetRequiredValue(results)));
        return command;
    }

    private static CollectorBenchOptions OptionsOf(string scenario, bool quick) => new()
    {
        Program = BenchFiles.Program,
        Folders = Checkout.Folders,
        Scenario = Checkout.Load(scenario),
        RecordingLength = TimeSpan.FromSeconds(quick ? 1 : 4),
        Rounds = quick ? 1 : 7,
        RoundLength = TimeSpan.FromSeconds(quick ? 0.2 : 2),
        PaceLength = TimeSpan.FromSeconds(quick ? 0.5 : 10),
        StageLength = TimeSpan.FromSeconds(quick ? 0.1 : 1),
    };

    private static async Task<int> RunAsync(CollectorBenchOptions options, string results)
    {
        ResultsOption.Check(BenchFiles.FolderIn(results));
        using var interruption = new Interruption();
        var measured = await CollectorBench.RunAsync(options, TimeProvider.System, Console.WriteLine, interruption.Token);
        var record = measured with { Goals = CollectorBenchGoals.Judge(measured) };
        await BenchFiles.ShowAndWriteAsync(results, record.Started, "collector", record, CollectorBenchText.Compose(record));
        return BenchFiles.CodeOf(record.Goals);
    }
}
