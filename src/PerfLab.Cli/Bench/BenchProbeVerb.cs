using System.CommandLine;
using PerfLab.Bench;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Machines;

namespace PerfLab.Cli.Bench;

/// <summary><c>bench probe</c>: the probe in a target against none, as arms of one run.</summary>
internal static class BenchProbeVerb
{
    private const string Scenario = "noise";
    private static readonly TimeSpan s_quickBudget = TimeSpan.FromSeconds(45);

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "A short round of everything: shows that it works, not how well." };
        var budget = BudgetOption.Create("5m");
        var runtime = RuntimeOption.Create(RuntimeProfile.Steady);
        var results = ResultsOption.Create();
        var command = new Command("probe", "Measure what the probe costs the process that it measures.") { quick, budget, runtime, results };
        command.SetAction(parse =>
        {
            var time = parse.GetValue(quick) ? s_quickBudget : BudgetOption.Read(parse.GetRequiredValue(budget));
            var scenario = ProbeComparison.Of(Checkout.Load(Scenario), RuntimeOption.Read(parse.GetRequiredValue(runtime)), time);
            return RunAsync(parse.GetValue(quick) ? BenchRun.Quick(scenario) : scenario, parse.GetRequiredValue(results));
        });
        return command;
    }

    private static async Task<int> RunAsync(Scenario scenario, string results)
    {
        var started = TimeProvider.System.GetUtcNow();
        var (run, exitCode) = await BenchRun.MakeAsync(scenario, results);
        if (run is null)
        {
            return exitCode;
        }

        var plan = run.Folder.ReadPlan();
        var measured = new ProbeBenchRecord
        {
            FormatVersion = ProbeBenchRecord.CurrentFormatVersion,
            Started = started,
            Machine = MachineInspector.Read(),
            Scenario = scenario.Name,
            Runtime = RuntimeKnobs.NameOf(scenario.Design.Runtime),
            Run = run.Analysis.Manifest.RunId,
            LaunchSets = run.Analysis.LaunchSets,
            Readings = run.Folder.ReadLaunches().SelectMany(launch => launch.Arms)
                .DistinctBy(arm => arm.Arm, StringComparer.Ordinal)
                .ToDictionary(arm => arm.Arm, arm => string.Join(", ", arm.Processes.Select(process => process.ReadingSource).Distinct()), StringComparer.Ordinal),
            ReadingsPerSecond = 1 / (plan.SliceSeconds * plan.Arms.Count),
            CpuChange = run.Change(ProbeComparison.With, MetricId.Cpu),
            CpuSecondsPerRequest = run.Difference(ProbeComparison.With, MetricId.Cpu),
            ControlChange = run.Change(scenario.ControlName, MetricId.Cpu),
            Goals = [],
        };
        var record = measured with { Goals = ProbeBenchGoals.Judge(measured) };
        await BenchFiles.ShowAndWriteAsync(results, started, "probe", record, ProbeBenchText.Compose(record));
        return BenchFiles.CodeOf(record.Goals);
    }
}
