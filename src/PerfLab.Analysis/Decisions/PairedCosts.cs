using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;

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

    private static IReadOnlyList<double?> Samples(ArmAnalysis arm, MetricId metric) =>
        arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric)?.Samples ?? [];
}
