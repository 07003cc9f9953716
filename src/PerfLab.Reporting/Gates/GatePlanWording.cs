using PerfLab.Experiments;
using PerfLab.Experiments.History;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Gates;

/// <summary>Says before a night what it can find.</summary>
public static class GatePlanWording
{
    /// <summary>Composes it: how the time is divided, and what the last night of this environment could have found.</summary>
    /// <param name="history">The earlier nights of this environment.</param>
    /// <param name="first">Time for the run of all arms.</param>
    /// <param name="budget">Time for all.</param>
    public static IReadOnlyList<string> Compose(IReadOnlyList<HistoryEntry> history, TimeSpan first, TimeSpan budget)
    {
        var division = $"{RunFacts.Duration(first.TotalSeconds)} for all arms, {RunFacts.Duration((budget - first).TotalSeconds)} kept for those that look worse.";
        if (history.LastOrDefault(entry => entry.Estimates.Any(IsOfFirstRun)) is not { } last)
        {
            return [division, "What can be found in this time is not known yet: this is the first night of this environment."];
        }

        // The least detectable change of each metric, over its arms the largest: what all of them can find.
        var found = last.Estimates.Where(IsOfFirstRun)
            .GroupBy(estimate => estimate.Metric)
            .Select(metric => $"{MetricColumnFormat.Effect(metric.Max(estimate => estimate.DetectableRatio)!.Value)} of {MetricCatalog.Get(metric.Key).InSentence}");
        return [division, $"The last night of this environment, with {DisplayText.Counted(last.Estimates.First(IsOfFirstRun).LaunchSets, "launch set")}, would have found {string.Join(" and ", found)} four times in five."];
    }

    private static bool IsOfFirstRun(HistoryEstimate estimate) => estimate is { Run: 0, Arm: not null, Against: null, DetectableRatio: not null };
}
