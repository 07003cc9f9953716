using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Bench;
using PerfLab.Cli.Execution;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Cli.Bench;

/// <summary>A run that a bench makes: its report lies beside the bench's own files.</summary>
/// <param name="Analysis">What its numbers say.</param>
/// <param name="Folder">Its raw files.</param>
internal sealed record BenchRun(RunAnalysis Analysis, RunFolder Folder)
{
    // Hardly any warm-up, few rounds, and a rate that needs no pilot: shows that it works, not how well.
    private const double QuickRatePerSecond = 100;

    /// <summary>Runs a scenario to its report.</summary>
    /// <returns>The run, or the exit code of one that failed or was interrupted.</returns>
    public static async Task<(BenchRun? Run, int ExitCode)> MakeAsync(Scenario scenario, string results)
    {
        var folder = BenchFiles.FolderIn(results);
        var execution = await ScenarioExecution.RunAsync(new ScenarioRequest(scenario, folder, SignedRankInterval.SmallestCount()));
        return execution is { ExitCode: ExitCode.Passed, Analysis: { } analysis }
            ? (new BenchRun(analysis, RunFolder.Find(folder, analysis.Manifest.RunId)), ExitCode.Passed)
            : (null, execution.ExitCode == ExitCode.Passed ? ExitCode.Other : execution.ExitCode);
    }

    /// <summary>Shortens a scenario to what shows that it works.</summary>
    public static Scenario Quick(Scenario scenario) => scenario with
    {
        Load = scenario.Load with { RatePerSecond = QuickRatePerSecond },
        Design = scenario.Design with
        {
            Rounds = 4,
            WarmUp = TimeSpan.FromSeconds(0.2),
            WarmUpLimit = TimeSpan.FromSeconds(1),
        },
    };

    /// <summary>Gets the change of an arm as a ratio.</summary>
    public BenchInterval? Change(string arm, MetricId metric) => Of(Find(arm, metric).Ratio);

    /// <summary>Gets the change of an arm in the metric's unit.</summary>
    public BenchInterval? Difference(string arm, MetricId metric) => Of(Find(arm, metric).Difference);

    private static BenchInterval? Of(Interval? interval) =>
        interval is null ? null : new BenchInterval(interval.Estimate, interval.Low, interval.High);

    private MetricComparison Find(string arm, MetricId metric) =>
        Analysis.Arms.Single(candidate => candidate.Name == arm).Metrics.Single(comparison => comparison.Metric == metric);
}
