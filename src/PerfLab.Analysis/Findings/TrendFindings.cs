using System.Globalization;
using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Findings;

/// <summary>Says where cost depends on the place in a round or on the round, which it should not.</summary>
internal static class TrendFindings
{
    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<SliceCosts> launches)
    {
        if (plan.Arms.Count > 1 && CostTrend.Of(launches, cost => (double)cost.Position / (plan.Arms.Count - 1)) is { } byPlace)
        {
            yield return new Finding(FindingSeverity.Note, "order-effect", "run") { Details = new OrderEffect(byPlace) };
        }

        if (launches.Count == 0)
        {
            yield break;
        }

        var last = launches.Max(launch => launch.All.Max(cost => cost.Round));
        if (last > 0 && CostTrend.Of(launches, cost => (double)cost.Round / last) is { } byRound)
        {
            yield return new Finding(FindingSeverity.Warning, "drift-over-rounds", "run") { Details = new DriftOverRounds(byRound) };
        }
    }
}

/// <summary>
/// How cost changes along something that should not matter: one slope by least squares in each launch set, then the exact
/// signed-rank interval over launch sets, as for every other number.
/// </summary>
internal static class CostTrend
{
    // Less than this is not worth a word: it is far below every practical threshold.
    private const double Smallest = 0.02;

    /// <summary>The relative change from the beginning to the end, where it is beyond chance and beyond 2 %; else null.</summary>
    /// <param name="launches">Costs by launch set.</param>
    /// <param name="place">Where a slice stands, 0 at the beginning and 1 at the end.</param>
    internal static Interval? Of(IReadOnlyList<SliceCosts> launches, Func<SliceCost, double> place)
    {
        double[] slopes = [.. launches.Select(launch => Slope(launch.All, place)).OfType<double>()];
        return SignedRankInterval.Of(slopes, RunConfidence.Level) is { } estimate
            && (estimate.Low > 0 || estimate.High < 0)
            && Math.Abs(Math.Exp(estimate.Value) - 1) >= Smallest
                ? new Interval(Math.Exp(estimate.Value) - 1, Math.Exp(estimate.Low) - 1, Math.Exp(estimate.High) - 1, estimate.ConfidenceLevel)
                : null;
    }

    private static double? Slope(IReadOnlyList<SliceCost> costs, Func<SliceCost, double> place)
    {
        var meanX = costs.Average(place);
        var meanY = costs.Average(cost => cost.LogRatio);
        var spread = costs.Sum(cost => (place(cost) - meanX) * (place(cost) - meanX));
        return spread > 0 ? costs.Sum(cost => (place(cost) - meanX) * (cost.LogRatio - meanY)) / spread : null;
    }
}

/// <summary>Names the arms whose rounds have several modes, launch set after launch set.</summary>
internal static class ModalityFindings
{
    // Of unimodal samples one in twenty is described as multimodal; three of six by chance is one run in five hundred.
    private const int FewestLaunchSets = 3;

    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<SliceCosts> launches) =>
        plan.Arms.Select(arm => Of(arm.Name, launches)).OfType<Finding>();

    private static Finding? Of(string arm, IReadOnlyList<SliceCosts> launches)
    {
        double[][] rounds = [.. launches.Select(launch => launch.All.Where(cost => cost.Arm == arm).Select(cost => cost.Seconds).ToArray())];
        var multimodal = rounds.Where(costs => costs.Length > 0).Select(Modality.Describe).Where(description => !description.IsUnimodal).ToArray();
        return multimodal.Length < FewestLaunchSets || 2 * multimodal.Length < launches.Count
            ? null
            : new Finding(FindingSeverity.Note, "bimodal-rounds", arm)
            {
                Details = new MultimodalRounds(multimodal.Length, launches.Count, [.. multimodal[0].Modes]),
            };
    }
}

/// <summary>Says of which arms a measured window holds so few garbage collections that one more or less decides.</summary>
internal static class GarbageCollectionFindings
{
    // With ten, one more or less is 10 %: the largest practical threshold of a metric that collections dominate is 25 %.
    private const int Enough = 10;

    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<LaunchRecord> launches)
    {
        var few = plan.Arms
            .Select(arm => (arm.Name, Counts: ArmRecords.Of(arm.Name, launches).Select(Collections).OfType<long>().ToArray()))
            .Where(arm => arm.Counts.Length > 0 && arm.Counts.Max() > 0 && arm.Counts.Min() < Enough)
            .ToArray();
        if (few.Length > 0)
        {
            yield return new Finding(FindingSeverity.Note, "gc-alignment", few.Length == 1 ? few[0].Name : "run")
            {
                Details = new FewCollections([.. few.Select(arm => new CollectionCounts(arm.Name, arm.Counts.Min(), arm.Counts.Max()))]),
            };
        }
    }

    // Collections of generation 0 are all there are: those of higher ones count among them.
    private static long? Collections(ArmRecord arm) =>
        arm.Slices.Count > 0 ? arm.ClosingReading.Gen0Count - arm.Slices.MinBy(slice => slice.Round)!.Before.Gen0Count : null;
}
