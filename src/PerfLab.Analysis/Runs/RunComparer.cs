using System.Globalization;
using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Runs;

/// <summary>
/// Sets two runs side by side. Changes against the baseline travel between machines; absolute numbers do not, and are compared
/// only where the machines are the same. The runs are independent, so the interval of their difference follows from their own
/// (see <see cref="DifferenceInterval"/>), on the logarithmic scale.
/// </summary>
public static class RunComparer
{
    // A change of +9 % is a factor of 1.09; a value is its own factor.
    private static readonly Aspect s_change = new(comparison => comparison.Ratio, FactorOfZero: 1);
    private static readonly Aspect s_value = new(ValueOf, FactorOfZero: 0);

    /// <summary>Compares the second run with the first.</summary>
    public static RunComparison Compare(RunAnalysis first, RunAnalysis second)
    {
        var machine = first.Manifest.Machine.DifferencesFrom(second.Manifest.Machine);
        var isDecided = IsTrusted(first) && IsTrusted(second);
        return new RunComparison
        {
            First = first.Manifest.RunId,
            Second = second.Manifest.RunId,
            MachineDifferences = machine,
            SettingDifferences = SettingDifferences.Of(first, second),
            Cautions = [.. Cautions(first, second)],
            Overheads = Pairs(first, second, s_change, isDecided),
            Values = machine.Count > 0 ? [] : Pairs(first, second, s_value, isDecided),
        };
    }

    private static bool IsTrusted(RunAnalysis run) => run.Trust.Level is TrustLevel.Trusted or TrustLevel.Limited;

    private static IEnumerable<string> Cautions(RunAnalysis first, RunAnalysis second)
    {
        foreach (var run in new[] { first, second })
        {
            if (run.Trust.Level != TrustLevel.Trusted)
            {
                yield return $"{run.Manifest.RunId}: {run.Trust.Headline}";
            }
        }

        var missing = Names(first).Except(Names(second), StringComparer.Ordinal).Select(arm => $"{arm} (first only)")
            .Concat(Names(second).Except(Names(first), StringComparer.Ordinal).Select(arm => $"{arm} (second only)"))
            .ToArray();
        if (missing.Length > 0)
        {
            yield return $"Not in both runs and left out: {string.Join(", ", missing)}.";
        }

        var halves = Halves(first, second).ToArray();
        if (halves.Length > 0)
        {
            yield return $"Without an interval in one of the runs and left out: {string.Join(", ", halves)}.";
        }
    }

    private static IEnumerable<string> Halves(RunAnalysis first, RunAnalysis second) =>
        from arm in second.Arms
        from other in first.Arms
        where arm.Name == other.Name
        from comparison in arm.Metrics
        let isHere = comparison.Ratio is not null
        where isHere != (Find(other, comparison.Metric)?.Ratio is not null)
        select $"{arm.Name} {MetricCatalog.Get(comparison.Metric).Key} ({(isHere ? "second" : "first")} only)";

    private static IEnumerable<string> Names(RunAnalysis run) => run.Arms.Select(arm => arm.Name);

    private static IReadOnlyList<MetricChange> Pairs(RunAnalysis first, RunAnalysis second, Aspect aspect, bool isDecided) =>
    [
        .. from arm in second.Arms
           let before = first.Arms.FirstOrDefault(candidate => candidate.Name == arm.Name)
           where before is not null && arm.Role != ArmRole.Control
           from metric in MetricCatalog.All
           where !metric.IsDifferenceOnly
           let pair = Pair(arm.Name, Find(before, metric.Id), Find(arm, metric.Id), aspect, isDecided)
           where pair is not null
           select pair,
    ];

    private static MetricComparison? Find(ArmAnalysis arm, MetricId metric) => arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric);

    private static MetricChange? Pair(string arm, MetricComparison? first, MetricComparison? second, Aspect aspect, bool isDecided)
    {
        if (first is null || second is null || aspect.IntervalOf(first) is not { } before || aspect.IntervalOf(second) is not { } after)
        {
            return null;
        }

        var change = ChangeOf(aspect.Logarithm(before), aspect.Logarithm(after), Math.Min(before.ConfidenceLevel, after.ConfidenceLevel));
        return new MetricChange
        {
            Arm = arm,
            Metric = second.Metric,
            First = before,
            Second = after,
            Change = change,
            PracticalThreshold = second.PracticalThreshold,
            Verdict = isDecided ? VerdictRule.ByInterval(change, second.PracticalThreshold) : Verdict.Invalid,
        };
    }

    // The arm's own values, one for each launch set: the centre of their logarithms, as for every ratio.
    private static Interval? ValueOf(MetricComparison comparison)
    {
        double[] logs = [.. comparison.Samples.Where(sample => sample > 0).Select(sample => Math.Log(sample!.Value))];
        return logs.Length == comparison.Samples.Count && SignedRankInterval.Of(logs, RunConfidence.Level) is { } estimate
            ? new Interval(Math.Exp(estimate.Value), Math.Exp(estimate.Low), Math.Exp(estimate.High), estimate.ConfidenceLevel)
            : null;
    }

    private static Interval ChangeOf((double Value, double Low, double High) first, (double Value, double Low, double High) second, double level)
    {
        var (value, low, high) = DifferenceInterval.Of(first, second);
        return new Interval(Math.Exp(value) - 1, Math.Exp(low) - 1, Math.Exp(high) - 1, level);
    }

    private sealed record Aspect(Func<MetricComparison, Interval?> IntervalOf, double FactorOfZero)
    {
        public (double Value, double Low, double High) Logarithm(Interval interval) =>
            (Math.Log(FactorOfZero + interval.Estimate), Math.Log(FactorOfZero + interval.Low), Math.Log(FactorOfZero + interval.High));
    }
}

/// <summary>Finds in which settings two runs differ that change what is measured.</summary>
internal static class SettingDifferences
{
    internal static IReadOnlyList<string> Of(RunAnalysis first, RunAnalysis second)
    {
        var (one, other) = (first.Plan, second.Plan);
        return
        [
            .. Compare("scenario", one.Scenario, other.Scenario),
            .. Compare("load in requests/s", Number(one.RatePerSecond), Number(other.RatePerSecond)),
            .. Compare("arrivals", one.Arrivals.ToString(), other.Arrivals.ToString()),
            .. Compare("runtime", RuntimeKnobs.NameOf(one.Runtime), RuntimeKnobs.NameOf(other.Runtime)),
            .. Compare("slice in seconds", Number(one.SliceSeconds), Number(other.SliceSeconds)),
            .. Compare("rounds", Number(one.Rounds), Number(other.Rounds)),
            .. Compare("arms alive side by side", Number(one.Arms.Count), Number(other.Arms.Count)),
            .. Compare("baseline", Baseline(one), Baseline(other)),
            .. Compare("target and requests", ResultsJson.Serialize(one.Target), ResultsJson.Serialize(other.Target), isLong: true),
            .. one.Arms.Join(other.Arms, arm => arm.Name, arm => arm.Name, Environment).SelectMany(difference => difference),
            .. Compare("PerfLab", first.Manifest.Commit ?? first.Manifest.ToolVersion, second.Manifest.Commit ?? second.Manifest.ToolVersion),
        ];
    }

    private static IEnumerable<string> Environment(PlannedArm one, PlannedArm other) => Compare(
        $"environment of {one.Name}",
        ResultsJson.Serialize(new SortedDictionary<string, string>(one.Environment.ToDictionary(), StringComparer.Ordinal)),
        ResultsJson.Serialize(new SortedDictionary<string, string>(other.Environment.ToDictionary(), StringComparer.Ordinal)),
        isLong: true);

    private static IEnumerable<string> Compare(string name, string one, string other, bool isLong = false) =>
        one == other ? []
        : isLong ? [$"{name}: not the same, see plan.json of both."]
        : [$"{name}: {one} and {other}."];

    private static string Baseline(Plan plan) => plan.Arms.First(arm => arm.Role == ArmRole.Baseline).Name;

    private static string Number(double value) => value.ToString("#,##0.######", CultureInfo.InvariantCulture);
}
