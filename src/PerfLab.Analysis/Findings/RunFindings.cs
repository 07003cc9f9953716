using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Findings;

/// <summary>What is doubtful about the run as a whole.</summary>
public static class RunFindings
{
    /// <summary>The code of a fault of an arm.</summary>
    public const string ArmFault = "arm-fault";

    /// <summary>What an arm did wrong, one finding for each fault.</summary>
    internal static IEnumerable<Finding> ArmFaults(IReadOnlyList<ArmAnalysis> arms) =>
        from arm in arms
        from fault in arm.Health.Faults
        select new Finding(FindingSeverity.Warning, ArmFault, arm.Name) { Details = new ArmFaulty(arm.Health.State, fault) };

    /// <summary>Whether the run came to the end that its plan wanted.</summary>
    internal static IEnumerable<Finding> Ending(Plan plan, int launchSets, RunOutcome? outcome)
    {
        if (outcome is null)
        {
            yield return new Finding(FindingSeverity.Warning, "run-interrupted", "run") { Details = new RunEndedEarly(launchSets, plan.LaunchSets, Reason: null) };
        }
        else if (!outcome.Completed)
        {
            yield return new Finding(FindingSeverity.Warning, "run-incomplete", "run") { Details = new RunEndedEarly(launchSets, plan.LaunchSets, outcome.Reason) };
        }
    }

    /// <summary>Whether the design can judge several variants at once at all.</summary>
    internal static IEnumerable<Finding> Multiplicity(Plan plan, int launchSets)
    {
        var family = new ComparisonFamily(plan.Arms.Count(arm => arm.Role == ArmRole.Variant), launchSets, LookLevels.Of(plan, launchSets));
        if (family.IsOutOfReach && launchSets >= SignedRankInterval.SmallestCount())
        {
            yield return new Finding(FindingSeverity.Warning, "too-few-launch-sets", "run")
            {
                Details = new TooFewLaunchSets(family.Comparisons, launchSets, family.NeededLaunchSets, family.Comparisons * Math.ScaleB(2, -launchSets)),
            };
        }
    }

    /// <summary>Whether the plan can find what the scenario wants to find, and whether the run found out that it could not.</summary>
    internal static IEnumerable<Finding> Sizing(Plan plan, IReadOnlyList<ArmAnalysis> arms)
    {
        if (plan.Sizing is not { } sizing)
        {
            yield break;
        }

        if (!sizing.IsReached)
        {
            yield return new Finding(FindingSeverity.Warning, "precision-not-reached", "run") { Details = new PrecisionNotReached(sizing, plan.LaunchSets) };
        }

        foreach (var goal in sizing.Goals)
        {
            var worst = arms.Where(arm => arm.Role != ArmRole.Baseline)
                .Select(arm => (arm.Name, arm.Metrics.FirstOrDefault(metric => metric.Metric == goal.Metric)?.DetectableEffect))
                .MaxBy(arm => arm.DetectableEffect);
            if (sizing.IsReached && worst.DetectableEffect > goal.WantedRatio)
            {
                yield return new Finding(FindingSeverity.Note, "precision-missed", worst.Name)
                {
                    Details = new PrecisionMissed(goal.Metric, worst.DetectableEffect.Value, goal.WantedRatio, sizing),
                };
            }
        }
    }

    /// <summary>What the machine had less of than the run wanted.</summary>
    internal static IEnumerable<Finding> Scarcity(Manifest manifest) =>
        from resource in manifest.Scarce
        select new Finding(FindingSeverity.Warning, "scarce-resource", "machine") { Details = new ResourceScarce(resource) };

    /// <summary>What this platform could not give.</summary>
    internal static IEnumerable<Finding> Platform(Manifest manifest)
    {
        if (manifest.NotMeasured.Count > 0)
        {
            yield return new Finding(FindingSeverity.Note, "platform-limits", "run") { Details = new PlatformLimits(manifest.NotMeasured) };
        }
    }

    /// <summary>Metrics without a comparison, one finding for each metric and reason.</summary>
    internal static IEnumerable<Finding> Missing(IReadOnlyList<ArmAnalysis> arms, int launchSets) => arms
        .Where(arm => launchSets >= SignedRankInterval.SmallestCount() || arm.Role == ArmRole.Baseline)
        .SelectMany(arm => arm.Metrics.Select(metric => (arm.Name, Metric: metric)))
        .Where(entry => entry.Metric.Missing is not null)
        .GroupBy(entry => (entry.Metric.Metric, entry.Metric.Missing))
        .Select(group => MetricAvailability.IsAbsent(group.Key.Metric, arms)
            ? new Finding(FindingSeverity.Note, "not-available", "run") { Details = new MetricNotAvailable(group.Key.Metric, group.Key.Missing!) }
            : new Finding(MetricCatalog.Get(group.Key.Metric).IsPrimary ? FindingSeverity.Warning : FindingSeverity.Note, "not-measured", "run")
            {
                Details = new MetricMissing(group.Key.Metric, group.Key.Missing!, [.. group.Select(entry => entry.Name)]),
            });
}
