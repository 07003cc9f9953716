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

/// <summary>What a run says in its closed loop, in which each answer starts the next request, so that a slower arm gets fewer requests.</summary>
/// <param name="Connections">Requests in flight to an arm at any time.</param>
/// <param name="LaunchSets">Launch sets in which it was measured and counts.</param>
/// <param name="VoidedLaunchSets">Launch sets that count, but not in the closed loop.</param>
/// <param name="Arms">The arms in plan order.</param>
public sealed record ClosedLoopAnalysis(int Connections, int LaunchSets, int VoidedLaunchSets, IReadOnlyList<ArmInClosedLoop> Arms);

/// <summary>One arm in the closed loop.</summary>
/// <param name="Name">The arm.</param>
/// <param name="Role">Its role.</param>
/// <param name="ThroughputPerSecond">Requests answered per second, the median over launch sets; null where it was not measured.</param>
/// <param name="ThroughputRatio">The relative change against the baseline; null for the baseline itself and where not measured.</param>
/// <param name="Metrics">CPU time, response times and errors against the baseline in the same closed loop.</param>
public sealed record ArmInClosedLoop(string Name, ArmRole Role, double? ThroughputPerSecond, Interval? ThroughputRatio, IReadOnlyList<MetricComparison> Metrics);

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
        var measured = Measured(launches, index);
        return new LoadLevelAnalysis(
            new MeasuredLoad(level.CapacityShare, level.RatePerSecond, measured.Length, launches.Count - measured.Length, IsFirst: false),
            Compare(plan with { RatePerSecond = level.RatePerSecond }, baseline, measured));
    }

    /// <summary>Analyses the closed loop; null where the plan has none.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="baseline">Its baseline.</param>
    /// <param name="launches">Launch sets that count, in order.</param>
    public static ClosedLoopAnalysis? InClosedLoop(Plan plan, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches)
    {
        if (plan.ClosedLoop is not { } loop)
        {
            return null;
        }

        var measured = Measured(launches, plan.Levels.Count);
        var reference = Throughputs(baseline.Name, measured);
        return new ClosedLoopAnalysis(loop.Connections, measured.Length, launches.Count - measured.Length, [.. Compare(plan, baseline, measured).Select(arm =>
        {
            var own = Throughputs(arm.Name, measured);
            var pairing = PairedSamples.Of(own, reference, wantsRatio: true);
            return new ArmInClosedLoop(arm.Name, arm.Role, own.Median, arm.Role == ArmRole.Baseline ? null : MetricComparer.RatioInterval(pairing.LogRatios, LookLevels.Of(plan, measured.Length)), arm.Metrics);
        })]);
    }

    private static LaunchRecord[] Measured(IReadOnlyList<LaunchRecord> launches, int index) =>
        [.. launches.Where(launch => index < launch.Levels.Count && launch.Levels[index].IsValid).Select(launch => launch.AtLevel(index))];

    // Until the last answer, and like the response times of a closed loop in rounds that neighbors left alone: what is still in flight when a slice ends is work of the same saturated service.
    private static ArmSamples Throughputs(string name, LaunchRecord[] launches) => ArmSamples.Of([.. launches.Select(launch =>
    {
        SliceRecord[] slices = [.. ArmRecords.Find(launch, name)?.CountedSlices.Where(slice => !slice.IsDisturbed) ?? []];
        return slices.Sum(slice => slice.ElapsedSeconds) is > 0 and var seconds
            ? Sample.Of(slices.Sum(slice => slice.AnsweredCount) / seconds)
            : Sample.Missing(MissingReason.ArmNotMeasured);
    })]);

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
