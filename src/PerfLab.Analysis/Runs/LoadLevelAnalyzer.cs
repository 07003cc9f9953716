using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Runs;

/// <summary>What a run says at one of its loads.</summary>
/// <param name="Load">The load.</param>
/// <param name="Arms">The arms in plan order.</param>
public sealed record LoadLevelAnalysis(MeasuredLoad Load, IReadOnlyList<ArmAtLevel> Arms);

/// <summary>A load at which a run measured all arms.</summary>
/// <param name="CapacityShare">Its share of the open-loop capacity; null where that is not known.</param>
/// <param name="RatePerSecond">Requests per second in each slice.</param>
/// <param name="LaunchSets">Launch sets in which it was measured and counts.</param>
/// <param name="VoidedLaunchSets">Launch sets that count, but not at this load.</param>
/// <param name="IsFirst">Whether it is the load that the run's costs, thresholds and verdicts are taken from.</param>
public sealed record MeasuredLoad(double? CapacityShare, double RatePerSecond, int LaunchSets, int VoidedLaunchSets, bool IsFirst);

/// <summary>One arm at one load.</summary>
/// <param name="Name">The arm.</param>
/// <param name="Role">Its role.</param>
/// <param name="BusyShare">Its CPU time as a share of what its processors have; null where it was not measured or nothing is placed.</param>
/// <param name="Metrics">CPU time, response times and errors against the baseline at the same load.</param>
public sealed record ArmAtLevel(string Name, ArmRole Role, double? BusyShare, IReadOnlyList<MetricComparison> Metrics);

/// <summary>
/// Compares the arms at each load of a run with several. A level of a launch set is a measured window of its own, so it is analysed
/// like one: the same metrics, the same intervals, and its own control.
/// </summary>
internal static class LoadLevelAnalyzer
{
    // Exports and collector are counted over the whole life of the processes, and collections come too seldom for half a window.
    private static readonly MetricId[] s_metrics = [MetricId.Cpu, MetricId.P50, MetricId.P90, MetricId.P99, MetricId.Errors];

    /// <summary>Analyses all loads, ascending; none where the plan has one load.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="baseline">Its baseline.</param>
    /// <param name="launches">Launch sets that count, in order.</param>
    public static IReadOnlyList<LoadLevelAnalysis> Of(Plan plan, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches) => plan.Levels.Count == 0
        ? []
        : [.. plan.Levels.Select((level, index) => AtLevel(plan, baseline, launches, level, index)).Append(AtFirst(plan, baseline, launches)).OrderBy(level => level.Load.RatePerSecond)];

    private static LoadLevelAnalysis AtFirst(Plan plan, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches) =>
        new(new MeasuredLoad(plan.RatePerSecond / plan.Pilot?.OpenLoopCapacityPerSecond, plan.RatePerSecond, launches.Count, 0, IsFirst: true), Compare(plan, baseline, launches));

    private static LoadLevelAnalysis AtLevel(Plan plan, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches, LoadLevel level, int index)
    {
        LaunchRecord[] measured = [.. launches.Where(launch => index < launch.Levels.Count && launch.Levels[index].IsValid).Select(launch => launch.AtLevel(index))];
        return new LoadLevelAnalysis(
            new MeasuredLoad(level.CapacityShare, level.RatePerSecond, measured.Length, launches.Count - measured.Length, IsFirst: false),
            Compare(plan with { RatePerSecond = level.RatePerSecond }, baseline, measured));
    }

    private static ArmAtLevel[] Compare(Plan plan, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches)
    {
        var metrics = MetricCatalog.All.Where(metric => s_metrics.Contains(metric.Id)).ToList();
        var comparisons = metrics.ToDictionary(metric => metric.Id, metric => MetricComparer.Compare(metric, plan, baseline, launches));
        return [.. plan.Arms.Select(arm =>
        {
            MetricComparison[] own = [.. metrics.Select(metric => comparisons[metric.Id][arm.Name])];
            return new ArmAtLevel(arm.Name, arm.Role, Utilization.ShareOf(plan, own.Single(metric => metric.Metric == MetricId.Cpu).Value), own);
        })];
    }
}
