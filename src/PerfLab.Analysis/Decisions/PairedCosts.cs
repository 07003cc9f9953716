using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Decisions;

/// <summary>Two arms of a run compared with each other, launch set by launch set, as each of them is with the baseline.</summary>
internal static class PairedCosts
{
    /// <summary>The relative change from one arm to another; null where a launch set did not measure one of them.</summary>
    internal static Interval? Change(MetricId metric, ArmAnalysis from, ArmAnalysis to, DecisionBasis basis)
    {
        var pairs = Samples(from, metric).Zip(Samples(to, metric)).ToArray();
        return pairs.Length == basis.LaunchSets && Array.TrueForAll(pairs, pair => pair.First > 0 && pair.Second > 0)
            ? MetricComparer.RatioInterval([.. pairs.Select(pair => Math.Log(pair.Second!.Value / pair.First!.Value))], LookLevels.Of(basis.Plan, basis.LaunchSets))
            : null;
    }

    /// <summary>The interval of an arm's own values; null where a launch set did not measure them, or there are too few.</summary>
    internal static Interval? Values(MetricComparison comparison, DecisionBasis basis)
    {
        double[] values = [.. comparison.Samples.OfType<double>()];
        return values.Length == comparison.Samples.Count ? LookLevels.Of(basis.Plan, basis.LaunchSets).IntervalOf(values) : null;
    }

    /// <summary>Says whether a launch set measured a metric of one of two arms, by what may decide about it.</summary>
    internal static bool AreMeasured(MetricId metric, ArmAnalysis one, ArmAnalysis other)
    {
        MetricComparison[] both = [one.Get(metric), other.Get(metric)];
        return both.SelectMany(comparison => comparison.Samples).Any(sample => sample is not null)
            && both.All(comparison => comparison.Undecided?.Reason != UndecidedReason.NotFromIntendedStart);
    }

    /// <summary>Says whether every launch set measured a metric of both arms as 0.</summary>
    internal static bool AreNothing(MetricId metric, ArmAnalysis one, ArmAnalysis other, DecisionBasis basis) =>
        Samples(one, metric).Count == basis.LaunchSets && Samples(one, metric).Concat(Samples(other, metric)).All(sample => sample is 0);

    private static IReadOnlyList<double?> Samples(ArmAnalysis arm, MetricId metric) => arm.Get(metric).Samples;
}

/// <summary>Finds arms that another beats in everything.</summary>
internal static class Dominance
{
    // Of these the report shows each that was measured; of CPU an arm must have a cost.
    private static readonly MetricId[] s_costs = [MetricId.Cpu, MetricId.Allocation, MetricId.P99];

    /// <summary>
    /// Names an arm that is provably better on every axis that was measured: CPU, allocation and the 99th percentile by the paired
    /// difference, and failed, slow and all traces kept where the run observed them, else the traces that the sampler kept; null
    /// where there is none.
    /// </summary>
    internal static string? Of(ArmAnalysis arm, IReadOnlyList<ArmAnalysis> candidates, DecisionBasis basis) => candidates
        .Where(other => other.Name != arm.Name && CostsLess(other, arm, basis) && KeepsMore(other, arm, basis))
        .Select(other => other.Name)
        .FirstOrDefault();

    private static bool CostsLess(ArmAnalysis less, ArmAnalysis more, DecisionBasis basis) => PairedCosts.AreMeasured(MetricId.Cpu, less, more)
        && s_costs.Where(metric => PairedCosts.AreMeasured(metric, less, more)).All(metric => PairedCosts.Change(metric, less, more, basis) is { Low: > 0 });

    private static bool KeepsMore(ArmAnalysis more, ArmAnalysis less, DecisionBasis basis)
    {
        (Interval? More, Interval? Less)[] axes = (ArmQuantities.Retention(more, basis.Visibility), ArmQuantities.Retention(less, basis.Visibility)) is ({ } one, { } other)
            ? [(one.FailedKept.Interval, other.FailedKept.Interval), (one.SlowKept.Interval, other.SlowKept.Interval), (one.Kept.Interval, other.Kept.Interval)]
            : [(ArmQuantities.TracesKept(more, basis.Visibility), ArmQuantities.TracesKept(less, basis.Visibility))];
        return Array.TrueForAll(axes, axis => axis is ({ } high, { } low) && high.Low > low.High);
    }
}

/// <summary>Finds arms that are shown to cost the same: a setting that bought nothing.</summary>
internal static class SameCosts
{
    private static readonly MetricId[] s_costs = [MetricId.Cpu, MetricId.Allocation, MetricId.ExportedBytes, MetricId.P99];

    /// <summary>Finds every pair of the baseline and the variants without a fault, in plan order: what a faulty arm costs is a lower bound.</summary>
    internal static IReadOnlyList<SameCost> Of(DecisionBasis basis)
    {
        ArmAnalysis[] arms = [.. basis.Arms.Where(arm => arm is { Role: ArmRole.Baseline or ArmRole.Variant, Health.State: ArmState.Healthy }).OrderByDescending(arm => arm.Role == ArmRole.Baseline)];
        return [.. from place in Enumerable.Range(0, arms.Length) from arm in arms[(place + 1)..] let same = Pair(arms[place], arm, basis) where same is not null select same];
    }

    private static SameCost? Pair(ArmAnalysis other, ArmAnalysis arm, DecisionBasis basis)
    {
        MetricId[] measured = [.. s_costs.Where(metric => PairedCosts.AreMeasured(metric, other, arm))];
        MetricId[] same = [.. measured.Where(metric => IsSame(metric, other, arm, basis))];

        // Response times scatter: where they settle nothing, that is said, and the rest still counts.
        MetricId[] open = [.. measured.Except(same).Where(metric => metric == MetricId.P99 && PairedCosts.Change(metric, other, arm, basis) is { Low: <= 0, High: >= 0 })];
        return same.Contains(MetricId.Cpu) && same.Length + open.Length == measured.Length
            ? new SameCost(arm.Name, other.Name, same, open)
            : null;
    }

    private static bool IsSame(MetricId metric, ArmAnalysis other, ArmAnalysis arm, DecisionBasis basis) => PairedCosts.AreNothing(metric, other, arm, basis)
        || (PairedCosts.Change(metric, other, arm, basis) is { } change && VerdictRule.ByInterval(change, arm.Get(metric).PracticalThreshold) == Verdict.Same);
}
