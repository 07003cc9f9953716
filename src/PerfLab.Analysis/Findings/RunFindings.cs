using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Trust;
using PerfLab.Analysis.Wording;
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
        select new Finding(FindingSeverity.Warning, ArmFault, arm.Name, $"It {ArmHealthText.Predicate(arm.Health.State, fault)}.", ArmHealthText.Advice(fault));

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
        var family = new ComparisonFamily(plan.Arms.Count(arm => arm.Role == ArmRole.Variant), launchSets, LookLevels.Of(plan, launchSets));
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

    /// <summary>Arms that export spans and cost less than a baseline that exports none, by the interval of a primary metric.</summary>
    internal static IEnumerable<Finding> CheaperThanSilence(IReadOnlyList<ArmAnalysis> arms) =>
        arms.Any(arm => arm is { Role: ArmRole.Baseline, Spans.ReceivedCount: 0 })
            ? arms
                .Where(arm => arm is { Role: ArmRole.Variant, Spans.ReceivedCount: > 0 })
                .SelectMany(arm => arm.Metrics.Where(metric => MetricCatalog.Get(metric.Metric).IsPrimary && metric.Ratio is { High: < 0 }).Select(metric => new Finding(
                    FindingSeverity.Warning,
                    "cheaper-than-no-tracing",
                    arm.Name,
                    $"It exports spans, and {MetricCatalog.Get(metric.Metric).InSentence} is {PercentText.Change(metric.Ratio!)} against a baseline that exports none: tracing less cannot cost more, so something else differs.",
                    "Find the reason before you use the number: another code path, a cache, fewer answers, or another version of the service.")))
            : [];

    /// <summary>Metrics without a comparison, one finding for each metric and reason.</summary>
    internal static IEnumerable<Finding> Missing(IReadOnlyList<ArmAnalysis> arms, int launchSets) => arms
        .Where(arm => launchSets >= SignedRankInterval.SmallestCount() || arm.Role == ArmRole.Baseline)
        .SelectMany(arm => arm.Metrics.Select(metric => (arm.Name, Metric: metric)))
        .Where(entry => entry.Metric.Missing is not null)
        .GroupBy(entry => (entry.Metric.Metric, entry.Metric.Missing))
        .Select(group => MetricAvailability.IsAbsent(group.Key.Metric, arms)
            ? new Finding(
                FindingSeverity.Note,
                "not-available",
                "run",
                $"{MetricCatalog.Get(group.Key.Metric).Title} is not available for this runtime: {MissingWording.Of(group.Key.Metric, group.Key.Missing!)}.",
                "It decides nothing and keeps nothing else from being decided.")
            : new Finding(
            MetricCatalog.Get(group.Key.Metric).IsPrimary ? FindingSeverity.Warning : FindingSeverity.Note,
            "not-measured",
            "run",
            $"{MetricCatalog.Get(group.Key.Metric).Title} of {string.Join(", ", group.Select(entry => entry.Name))} has no verdict: {MissingWording.Of(group.Key.Metric, group.Key.Missing!)}.",
            "What was not measured passes no gate; see the readings in the launch folders."));
}
