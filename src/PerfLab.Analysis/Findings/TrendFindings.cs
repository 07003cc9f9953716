using System.Globalization;
using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Wording;
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
            yield return new Finding(
                FindingSeverity.Note,
                "order-effect",
                "run",
                $"Who comes last in a round costs {PercentText.Change(byPlace)} CPU per request against who comes first, whichever arm it is.",
                "The order of arms is balanced, so none profits by it; but it adds noise. A longer design.slice, or fewer variants in one scenario, makes less of it.");
        }

        if (launches.Count == 0)
        {
            yield break;
        }

        var last = launches.Max(launch => launch.All.Max(cost => cost.Round));
        if (last > 0 && CostTrend.Of(launches, cost => (double)cost.Round / last) is { } byRound)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "drift-over-rounds",
                "run",
                $"From the first round to the last, CPU per request of all arms together changes by {PercentText.Change(byRound)}.",
                byRound.Estimate < 0
                    ? "The targets were still warming up when measuring began: raise design.warm_up."
                    : "Something grows while the targets run (memory, caches, a queue): look at the working set, and keep windows of equal length when you compare runs.");
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

/// <summary>Says of which arms the rounds lie in several heaps, launch set after launch set.</summary>
internal static class ModalityFindings
{
    // Of unimodal samples one in twenty is described as several heaps; three of six by chance is one run in five hundred.
    private const int FewestLaunchSets = 3;

    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<SliceCosts> launches) =>
        plan.Arms.Select(arm => Of(arm.Name, launches)).OfType<Finding>();

    private static Finding? Of(string arm, IReadOnlyList<SliceCosts> launches)
    {
        double[][] rounds = [.. launches.Select(launch => launch.All.Where(cost => cost.Arm == arm).Select(cost => cost.Seconds).ToArray())];
        var heaps = rounds.Where(costs => costs.Length > 0).Select(Modality.Describe).Where(description => !description.IsUnimodal).ToArray();
        if (heaps.Length < FewestLaunchSets || 2 * heaps.Length < launches.Count)
        {
            return null;
        }

        var example = heaps[0].Modes;
        var format = QuantityFormat.For(MetricUnit.Seconds, example.Select(mode => (double?)mode));
        return new Finding(
            FindingSeverity.Note,
            "bimodal-rounds",
            arm,
            string.Create(CultureInfo.InvariantCulture, $"CPU per request of its rounds lies in several heaps in {heaps.Length} of {launches.Count} launch sets, for example about {string.Join(" and ", example.Select(format.WithUnit))}."),
            "The total counts all of them in their true shares. Something comes and goes: a batch export, a collection, a timer. More design.rounds average over it.");
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
            yield return new Finding(
                FindingSeverity.Note,
                "gc-alignment",
                few.Length == 1 ? few[0].Name : "run",
                $"The measured window of a launch set holds few garbage collections: {string.Join("; ", few.Select(arm => $"{arm.Name} {Range(arm.Counts)}"))}. One more or less by chance changes GC pause per request by {QuantityFormat.Percent(1.0 / Math.Max(1, few.Min(arm => arm.Counts.Min())))}.",
                "Read GC pause with care, and CPU per request where pauses are a large part of it. Raise design.rounds or load.rate until a window holds ten.");
        }
    }

    private static string Range(long[] counts) => counts.Min() == counts.Max()
        ? counts.Min().ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{counts.Min()} to {counts.Max()}");

    // Collections of generation 0 are all there are: those of higher ones count among them.
    private static long? Collections(ArmRecord arm) =>
        arm.Slices.Count > 0 ? arm.ClosingReading.Gen0Count - arm.Slices.MinBy(slice => slice.Round)!.Before.Gen0Count : null;
}
