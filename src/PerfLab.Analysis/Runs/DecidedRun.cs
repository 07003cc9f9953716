using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Runs;

/// <summary>Whether a run may end before its planned number of launch sets: when every comparison that its scenario asks for is decided.</summary>
public static class DecidedRun
{
    /// <summary>Gets the numbers of launch sets at which a run is looked at, the planned number last.</summary>
    /// <param name="plan">The plan.</param>
    public static IReadOnlyList<int> Looks(Plan plan) => LookLevels.Choose(plan.LaunchSets, plan.Arms.Count(arm => arm.Role == ArmRole.Variant));

    /// <summary>
    /// Names the arms that are not decided yet: a variant with a primary metric that is neither Slower nor Faster nor Same or with a
    /// threshold that is neither proven nor violated, and the control as long as it is not Same. An arm that is broken will not be
    /// decided by more launch sets, and keeps no run going; neither does a metric that the runtime does not have.
    /// </summary>
    /// <param name="analysis">The run so far.</param>
    public static IReadOnlyList<string> UndecidedArms(RunAnalysis analysis)
    {
        var open = analysis.Thresholds.Results.SelectMany(result => result.Arms).Where(arm => arm.Outcome == ThresholdOutcome.NotDecided).Select(arm => arm.Arm).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. analysis.Arms
                .Where(arm => arm.Health.State != ArmState.Broken && (open.Contains(arm.Name) || arm.Metrics.Any(IsOpen)))
                .Select(arm => arm.Name),
        ];

        bool IsOpen(MetricComparison comparison) =>
            MetricCatalog.Get(comparison.Metric).IsPrimary && comparison is { Ratio: not null, Verdict: Verdict.Inconclusive };
    }
}
