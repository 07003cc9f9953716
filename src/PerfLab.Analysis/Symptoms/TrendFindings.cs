using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Symptoms;

/// <summary>Says where cost depends on the place in a round or on the round, which it should not.</summary>
internal static class TrendFindings
{
    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<SliceCosts> launches)
    {
        if (plan.Arms.Count > 1 && Trend.Of(launches, cost => (double)cost.Position / (plan.Arms.Count - 1)) is { } byPlace)
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
        if (last > 0 && Trend.Of(launches, cost => (double)cost.Round / last) is { } byRound)
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
