using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Wording;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Findings;

/// <summary>What is doubtful about the run as a whole.</summary>
internal static class RunFindings
{
    /// <summary>Whether the run came to the end that its plan wanted.</summary>
    internal static IEnumerable<Finding> Ending(Plan plan, int launchSets, RunOutcome? outcome)
    {
        const string advice = "The launch sets that were completed count and are analysed; run the scenario again for the full number.";
        if (outcome is null)
        {
            yield return new Finding(FindingSeverity.Warning, "run-interrupted", "run", $"The run stopped before it could say why, after {launchSets} of {CountText.Of(plan.LaunchSets, "launch set")}.", advice);
        }
        else if (!outcome.Completed)
        {
            yield return new Finding(FindingSeverity.Warning, "run-incomplete", "run", $"The run ended after {launchSets} of {CountText.Of(plan.LaunchSets, "launch set")}: {(outcome.Reason ?? "no reason was given").TrimEnd('.')}.", advice);
        }
    }

    /// <summary>Whether the design can judge several variants at once at all.</summary>
    internal static IEnumerable<Finding> Multiplicity(Plan plan, int launchSets)
    {
        var family = new ComparisonFamily(plan.Arms.Count(arm => arm.Role == ArmRole.Variant), launchSets);
        if (family.IsOutOfReach && launchSets >= SignedRankInterval.SmallestCount())
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "too-few-launch-sets",
                "run",
                $"With {family.Comparisons} variants, {launchSets} launch sets may be too few to call any of them slower or faster: after Holm's adjustment the most extreme result has p = {PercentText.Probability(family.Comparisons * Math.ScaleB(2, -launchSets))}.",
                $"Set design.launch_sets to {family.NeededLaunchSets} or more, or compare fewer variants.");
        }
    }

    /// <summary>What this platform could not give.</summary>
    internal static IEnumerable<Finding> Platform(Manifest manifest)
    {
        if (manifest.NotMeasured.Count > 0)
        {
            yield return new Finding(FindingSeverity.Note, "platform-limits", "run", string.Join(" ", manifest.NotMeasured), "Run on Linux with the probe for everything that PerfLab can measure.");
        }
    }

    /// <summary>Metrics without a comparison, one finding for each metric and reason.</summary>
    internal static IEnumerable<Finding> Missing(IReadOnlyList<ArmAnalysis> arms, int launchSets) => arms
        .Where(arm => launchSets >= SignedRankInterval.SmallestCount() || arm.Role == ArmRole.Baseline)
        .SelectMany(arm => arm.Metrics.Select(metric => (arm.Name, Metric: metric)))
        .Where(entry => entry.Metric.Missing is not null)
        .GroupBy(entry => (entry.Metric.Metric, entry.Metric.Missing))
        .Select(group => new Finding(
            MetricCatalog.Get(group.Key.Metric).IsPrimary ? FindingSeverity.Warning : FindingSeverity.Note,
            "not-measured",
            "run",
            $"{MetricCatalog.Get(group.Key.Metric).Title} of {string.Join(", ", group.Select(entry => entry.Name))} has no verdict: {MissingWording.Of(group.Key.Metric, group.Key.Missing!)}.",
            "What was not measured passes no gate; see the readings in the launch folders."));
}
