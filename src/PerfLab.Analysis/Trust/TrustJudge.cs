using PerfLab.Analysis.Wording;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Trust;

/// <summary>
/// Says whether a run may decide anything: by the control, which must be judged Same for the primary metrics, and by the
/// number of launch sets. The worst of them counts: Untrusted before Undecided before Limited. A metric that no arm has, as
/// allocation in a runtime that does not count it, lowers nothing.
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
        MetricDefinition[] judged = [.. primary.Where(metric => !MetricAvailability.IsAbsent(metric.Id, [.. comparisons[metric.Id].Values]))];
        MetricComparison[] checks = control is null
            ? []
            : [.. judged.Select(metric => comparisons[metric.Id][control.Name])];
        var level = Level(launches.Count, checks);
        var seen = string.Join("; ", checks.Select(ControlText.Sentence));
        var reasons = new List<string>(CountReasons(launches.Count, plan.LaunchSets));
        if (control is null)
        {
            reasons.Add("The plan has no control arm, so nothing shows how well two equal arms agree.");
        }
        else if (launches.Count < SignedRankInterval.SmallestCount())
        {
            reasons.AddRange(checks.Select(check => $"{control.Name} against {baseline.Name}: {ControlText.Sentence(check)}."));
        }

        reasons.AddRange(primary.Except(judged).Select(metric => $"{metric.Title} is not available for this runtime and lowers nothing."));
        return new RunTrust(level, Headline(level, seen, launches.Count), reasons);
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

    private static IEnumerable<string> CountReasons(int launchSets, int planned)
    {
        if (launchSets < SignedRankInterval.SmallestCount())
        {
            yield return $"{launchSets} of {CountText.Of(planned, "planned launch set")} count; a 95 % interval needs {SignedRankInterval.SmallestCount()}.";
        }
        else if (launchSets < planned)
        {
            yield return $"{launchSets} of {planned} planned launch sets count: intervals are wider than planned.";
        }
    }

    private static string Headline(TrustLevel level, string seen, int launchSets) => level switch
    {
        TrustLevel.Trusted => $"Trusted: the baseline measured twice agrees with itself ({seen}).",
        TrustLevel.Limited => $"Limited: the baseline measured twice cannot be told from itself, but differences below its spread cannot be decided ({seen}).",
        TrustLevel.Untrusted => $"UNTRUSTED: the baseline measured twice differs from itself, so this run decides nothing ({seen}).",
        _ when launchSets < SignedRankInterval.SmallestCount() => $"Undecided: {(launchSets == 1 ? "1 launch set is" : $"{launchSets} launch sets are")} too few, {SignedRankInterval.SmallestCount()} are needed for a 95 % interval.",
        _ when seen.Length == 0 => "Undecided: the run has no control arm.",
        _ => $"Undecided: the control was not measured ({seen}).",
    };
}

/// <summary>Whether a target's runtime has a metric at all.</summary>
public static class MetricAvailability
{
    /// <summary>Gets whether a metric that only some runtimes count was measured in no launch set of any arm.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="arms">All arms of a run.</param>
    public static bool IsAbsent(MetricId metric, IEnumerable<ArmAnalysis> arms) =>
        IsAbsent(metric, [.. arms.SelectMany(arm => arm.Metrics).Where(comparison => comparison.Metric == metric)]);

    internal static bool IsAbsent(MetricId metric, IReadOnlyCollection<MetricComparison> comparisons) =>
        MetricCatalog.Get(metric).NeedsProbe
        && comparisons.Any(comparison => comparison.Samples.Count > 0)
        && comparisons.All(comparison => comparison.Samples.All(sample => sample is null));
}
