using System.Globalization;
using PerfLab.Analysis.Findings;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording.Findings;

/// <summary>Findings about how the numbers vary: by place, by round, by launch set.</summary>
internal static class TrendFindingWording
{
    public static FindingText? Of(FindingDetails details) => details switch
    {
        OrderEffect order => new(
            $"The last arm of a round costs {PercentText.Change(order.Change)} CPU per request against the first, whichever arm it is.",
            "The order of arms is balanced, so no arm gains from it, but it adds noise. A longer design.slice, or fewer variants in one scenario, reduces it."),
        DriftOverRounds drift => new(
            $"From the first round to the last, CPU per request of all arms together changes by {PercentText.Change(drift.Change)}.",
            drift.Change.Estimate < 0
                ? "The targets were still warming up when measuring began: raise design.warm_up."
                : "Something grows while the targets run (memory, caches, a queue): check the working set, and compare only runs whose windows are equally long."),
        MultimodalRounds rounds => new(
            $"CPU per request of its rounds has several modes in {rounds.AffectedLaunchSets} of {rounds.LaunchSets} launch sets, for example about {string.Join(" and ", Seconds(rounds.ModeSeconds))}.",
            "The total counts all of them in their true shares. Something comes and goes: a batch export, a garbage collection, a timer. More design.rounds average it out."),
        FewCollections few => new(
            $"The measured window of a launch set holds few garbage collections: {string.Join("; ", few.Arms.Select(arm => $"{arm.Arm} {Range(arm)}"))}. One more or less by chance changes GC pause per request by {QuantityFormat.Percent(1.0 / Math.Max(1, few.Arms.Min(arm => arm.Least)))}.",
            "Read GC pause with care, and CPU per request where pauses are a large part of it. Raise design.rounds or load.rate until a window holds ten."),
        Outliers outliers => new(
            $"{MetricCatalog.Get(outliers.Metric).Title} lies outside Tukey's fences: {string.Join("; ", outliers.All.Select(outlier => $"{outlier.Arm} {QuantityFormat.SignedPercent(outlier.Ratio)} in launch {outlier.Launch}"))}.",
            "Outliers are listed and kept; the rank-based interval is robust against them."),
        _ => null,
    };

    private static IEnumerable<string> Seconds(IReadOnlyList<double> values)
    {
        var format = QuantityFormat.For(MetricUnit.Seconds, values.Select(value => (double?)value));
        return values.Select(format.WithUnit);
    }

    private static string Range(CollectionCounts arm) => arm.Least == arm.Most
        ? arm.Least.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{arm.Least} to {arm.Most}");
}
