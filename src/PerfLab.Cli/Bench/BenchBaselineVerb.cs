using System.CommandLine;
using System.Diagnostics;
using PerfLab.Bench.Baseline;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Machines;

namespace PerfLab.Cli.Bench;

/// <summary><c>bench baseline</c>: one arm after the other, beside PerfLab's interleaved design, for as long.</summary>
internal static class BenchBaselineVerb
{
    private const string Scenario = "noise";

    // As many connections, and as short a warm-up, as load generators take by default or in their first example.
    private static readonly NaiveBenchOptions Full = new()
    {
        WarmUp = TimeSpan.FromSeconds(2),
        RunLength = TimeSpan.FromSeconds(8),
        Connections = 16,
        Placement = null,
    };

    private static readonly TimeSpan s_quickBudget = TimeSpan.FromSeconds(30);

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "A short round of everything: shows that it works, not how well." };
        var budget = BudgetOption.Create("5m");
        budget.Description = "Wall-clock time for each of the two sides, for example 5m.";
        var runtime = RuntimeOption.Create(RuntimeProfile.Lab);
        var results = ResultsOption.Create();
        var command = new Command("baseline", "Compare one configuration with itself, one arm after the other and interleaved, and see how far off each is.") { quick, budget, runtime, results };
        command.SetAction(parse =>
        {
            var isQuick = parse.GetValue(quick);
            var time = isQuick ? s_quickBudget : BudgetOption.Read(parse.GetRequiredValue(budget));
            var twins = AaComparison.Of(Checkout.Load(Scenario), arms: 2, time, RuntimeOption.Read(parse.GetRequiredValue(runtime)));
            return isQuick
                ? RunAsync(BenchRun.Quick(twins), Full with { WarmUp = TimeSpan.FromSeconds(0.3), RunLength = TimeSpan.FromSeconds(0.5) }, TimeSpan.Zero, parse.GetRequiredValue(results))
                : RunAsync(twins, Full, time, parse.GetRequiredValue(results));
        });
        return command;
    }

    private static async Task<int> RunAsync(Scenario scenario, NaiveBenchOptions options, TimeSpan naiveBudget, string results)
    {
        ResultsOption.Check(BenchFiles.FolderIn(results));
        var started = TimeProvider.System.GetUtcNow();
        var placed = options with { Placement = CpuPlacement.AllowedProcessors() is { } allowed ? CpuPlacement.For(allowed) : null };
        var logs = Path.Combine(BenchFiles.FolderIn(results), $"naive-{Guid.NewGuid().ToString("N")[..4]}");

        // One half before and one after, so that a machine that changes meanwhile changes for both sides.
        var (before, naiveSeconds) = await RunNaivelyAsync(scenario, placed, naiveBudget / 2, 1, logs);
        var clock = Stopwatch.StartNew();
        var (run, exitCode) = await BenchRun.MakeAsync(scenario, results);
        var interleavedSeconds = clock.Elapsed.TotalSeconds;
        if (run is null)
        {
            return exitCode;
        }

        var (after, moreSeconds) = await RunNaivelyAsync(scenario, placed, naiveBudget / 2, before[^1].Pair + 1, logs);
        var measured = new BaselineBenchRecord
        {
            FormatVersion = BaselineBenchRecord.CurrentFormatVersion,
            Started = started,
            Machine = MachineInspector.Read(),
            Scenario = scenario.Name,
            Runtime = RuntimeKnobs.NameOf(scenario.Design.Runtime),
            BudgetSeconds = scenario.Design.Budget.TotalSeconds,
            NaiveSeconds = naiveSeconds + moreSeconds,
            NaiveWarmUpSeconds = options.WarmUp.TotalSeconds,
            NaiveConnections = options.Connections,
            NaiveRuns = [.. before, .. after],
            InterleavedSeconds = interleavedSeconds,
            InterleavedRun = run.Analysis.Manifest.RunId,
            LaunchSets = run.Analysis.LaunchSets,
            CpuChange = run.Change(scenario.ControlName, MetricId.Cpu),
            AllocationChange = run.Change(scenario.ControlName, MetricId.Allocation),
            Goals = [],
        };
        var record = measured with { Goals = BaselineBenchGoals.Judge(measured) };
        await BenchFiles.ShowAndWriteAsync(results, started, "baseline", record, BaselineBenchText.Compose(record));
        return BenchFiles.CodeOf(record.Goals);
    }

    private static async Task<(IReadOnlyList<NaiveRun> Runs, double Seconds)> RunNaivelyAsync(Scenario scenario, NaiveBenchOptions options, TimeSpan budget, int firstPair, string logs)
    {
        using var interruption = new Interruption();
        var clock = Stopwatch.StartNew();
        var runs = await NaiveBench.RunAsync(scenario, options, budget, firstPair, logs, Checkout.Folders, Tell, interruption.Token);
        return (runs, clock.Elapsed.TotalSeconds);
    }

    private static void Tell(NaiveRun run) =>
        Console.WriteLine(FormattableString.Invariant($"Pair {run.Pair}: {run.Arm,-12} {run.Answered / run.Seconds,8:#,0} requests/s, {run.CpuSecondsPerRequest * 1e6:0.0} µs of CPU per request"));
}
