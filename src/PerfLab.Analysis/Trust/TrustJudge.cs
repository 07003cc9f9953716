using PerfLab.Analysis.Wording;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Trust;

/// <summary>
/// Says whether a run may decide anything: by the control, which must be judged Same for the primary metrics, by the span
/// ledger, and by the number of launch sets. The worst of them counts: Untrusted before Undecided before Limited.
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
        MetricComparison[] checks = control is null
            ? []
            : [.. MetricCatalog.All.Where(metric => metric.IsPrimary).Select(metric => comparisons[metric.Id][control.Name])];
        var ledger = LedgerBalance.Of(plan, launches);
        var reasons = new List<string>(ledger.Faults);
        reasons.AddRange(CountReasons(launches.Count, plan.LaunchSets));
        var level = Level(launches.Count, checks, ledger);
        var seen = string.Join("; ", checks.Select(ControlText.Sentence));
        var headline = Headline(level, seen, ledger, launches.Count);
        if (control is null)
        {
            reasons.Add("The plan has no control arm, so nothing shows how well two equal arms agree.");
        }
        else if (!headline.Contains(seen, StringComparison.Ordinal))
        {
            reasons.AddRange(checks.Select(check => $"{control.Name} against {baseline.Name}: {ControlText.Sentence(check)}."));
        }

        reasons.AddRange(ledger.Remarks);
        return new RunTrust(level, headline, reasons);
    }

    private static TrustLevel Level(int launchSets, MetricComparison[] checks, LedgerBalance ledger)
    {
        if (ledger.Faults.Count > 0 || checks.Any(check => check.Verdict is Verdict.Slower or Verdict.Faster))
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

    private static string Headline(TrustLevel level, string seen, LedgerBalance ledger, int launchSets) => level switch
    {
        TrustLevel.Trusted => $"Trusted: the baseline measured twice agrees with itself ({seen}).",
        TrustLevel.Limited => $"Limited: the baseline measured twice cannot be told from itself, but differences below its spread cannot be decided ({seen}).",
        TrustLevel.Untrusted when ledger.Faults.Count > 0 => $"UNTRUSTED: spans are missing or surplus. {ledger.Faults[0]}",
        TrustLevel.Untrusted => $"UNTRUSTED: the baseline measured twice differs from itself, so this run decides nothing ({seen}).",
        _ when launchSets < SignedRankInterval.SmallestCount() => $"Undecided: {(launchSets == 1 ? "1 launch set is" : $"{launchSets} launch sets are")} too few, {SignedRankInterval.SmallestCount()} are needed for a 95 % interval.",
        _ when seen.Length == 0 => "Undecided: the run has no control arm.",
        _ => $"Undecided: the control was not measured ({seen}).",
    };
}
