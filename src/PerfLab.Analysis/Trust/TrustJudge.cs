using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Trust;

/// <summary>
/// Says whether a run may decide anything: by the control, which must be judged Same for the primary metrics, and by the
/// number of launch sets. The worst of them counts: Untrusted before Undecided before Limited. A metric that neither the baseline
/// nor the control has, as allocation in a runtime that does not count it, lowers nothing: it compares no arm.
/// </summary>
internal static class TrustJudge
{
    internal static RunTrust Judge(
        Plan plan,
        PlannedArm baseline,
        IReadOnlyList<LaunchRecord> launches,
        IReadOnlyDictionary<MetricId, IReadOnlyDictionary<string, MetricComparison>> comparisons)
    {
        var control = plan.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Control);
        MetricDefinition[] primary = [.. MetricCatalog.All.Where(metric => metric.IsPrimary)];
        string[] reference = [baseline.Name, .. control is null ? Array.Empty<string>() : [control.Name]];
        MetricDefinition[] judged = [.. primary.Where(metric => !MetricAvailability.IsAbsent(metric.Id, [.. reference.Select(arm => comparisons[metric.Id][arm])]))];
        MetricComparison[] checks = control is null
            ? []
            : [.. judged.Select(metric => comparisons[metric.Id][control.Name])];
        return new RunTrust
        {
            Level = Level(launches.Count, checks),
            LaunchSets = launches.Count,
            PlannedLaunchSets = plan.LaunchSets,
            Baseline = baseline.Name,
            Control = control?.Name,
            Checks = checks,
            AbsentMetrics = [.. primary.Except(judged).Select(metric => metric.Id)],
        };
    }

    private static TrustLevel Level(int launchSets, MetricComparison[] checks)
    {
        if (checks.Any(check => check.Verdict is Verdict.Slower or Verdict.Faster))
        {
            return TrustLevel.Untrusted;
        }

        if (launchSets < SignedRankInterval.SmallestCount() || checks.Length == 0 || checks.Any(check => check.Verdict is Verdict.Invalid or null))
        {
            return TrustLevel.Undecided;
        }

        return checks.Any(check => check.Verdict == Verdict.Inconclusive) ? TrustLevel.Limited : TrustLevel.Trusted;
    }
}

/// <summary>Whether the runtime of the baseline has a metric at all; an arm may start another program.</summary>
public static class MetricAvailability
{
    /// <summary>Gets whether a metric that only some runtimes count was measured in no launch set of the baseline and its control.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="arms">All arms of a run.</param>
    public static bool IsAbsent(MetricId metric, IEnumerable<ArmAnalysis> arms) =>
        IsAbsent(metric, [.. arms.Where(arm => arm.Role is ArmRole.Baseline or ArmRole.Control).SelectMany(arm => arm.Metrics).Where(comparison => comparison.Metric == metric)]);

    internal static bool IsAbsent(MetricId metric, IReadOnlyCollection<MetricComparison> comparisons) =>
        MetricCatalog.Get(metric).NeedsProbe
        && comparisons.Any(comparison => comparison.Samples.Count > 0)
        && comparisons.All(comparison => comparison.Samples.All(sample => sample is null));
}
