using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Noise;

/// <summary>
/// From a precision to a number of launch sets: the smallest number whose detectable effect (four times in five, unadjusted
/// two-sided 5 % test) is no larger than wanted, at least the floor, at most what the budget allows.
/// </summary>
/// <param name="goals">What shall be found; at least one.</param>
/// <param name="profile">The noise profile of this machine and these runtime knobs; null where there is none.</param>
/// <param name="floor">Launch sets below which no verdict is possible.</param>
public sealed class LaunchSetSizing(IReadOnlyList<PrecisionGoal> goals, NoiseProfile? profile, int floor)
{
    private readonly bool _isKnown = goals.All(goal => SpreadOf(profile, goal.Metric) is not null);

    /// <summary>
    /// Gets how many launch sets must be there before the number can be fixed: none where a profile knows the spread, else as
    /// many as there have to be anyway.
    /// </summary>
    public int PilotLaunchSets => _isKnown ? 0 : Math.Max(floor, SignedRankInterval.SmallestCount(RunConfidence.Level));

    /// <summary>Fixes the number.</summary>
    /// <param name="plan">The plan so far.</param>
    /// <param name="launches">The launch sets that are there and count.</param>
    /// <param name="affordable">Launch sets that fit the budget, those among them.</param>
    public Plan Choose(Plan plan, IReadOnlyList<LaunchRecord> launches, int affordable)
    {
        var spreads = goals.Select(goal => (Goal: goal, Spread: _isKnown ? SpreadOf(profile, goal.Metric) : SpreadOf(plan, launches, goal.Metric))).ToArray();
        var least = Math.Max(floor, launches.Count);
        var needed = spreads.Max(entry => Needed(entry.Goal, entry.Spread) ?? int.MaxValue);
        var chosen = Math.Clamp(needed, least, Math.Max(least, affordable));
        return plan with
        {
            LaunchSets = chosen,
            Sizing = new PlanSizing(
                null,
                affordable,
                [.. spreads.Select(entry => new SizingGoal(entry.Goal.Metric, entry.Goal.Ratio, entry.Spread, Needed(entry.Goal, entry.Spread), Detectable(chosen, entry.Spread)))])
            {
                NoiseProfileRunId = _isKnown ? profile!.RunId : null,
                PilotLaunchSets = _isKnown ? null : launches.Count,
            },
        };
    }

    private static int? Needed(PrecisionGoal goal, double? spread) =>
        spread is { } deviation ? SignedRankPower.SampleSize(Math.Log(1 + goal.Ratio), deviation, RunConfidence.Level) : null;

    private static double? Detectable(int launchSets, double? spread) =>
        spread is { } deviation && SignedRankPower.DetectableEffect(Math.Min(launchSets, SignedRankDistribution.MaxCount), deviation, RunConfidence.Level) is { } effect
            ? Math.Exp(effect) - 1
            : null;

    private static double? SpreadOf(NoiseProfile? profile, MetricId metric) =>
        profile?.Metrics.FirstOrDefault(noise => noise.Metric == metric)?.SpreadRatio;

    // Every arm about its own mean, so that what the arms cost has no say; all arms pooled, for a few launch sets know little.
    private static double? SpreadOf(Plan plan, IReadOnlyList<LaunchRecord> launches, MetricId metric)
    {
        var baseline = ArmSamples.Take(metric, plan.Arms.Single(arm => arm.Role == ArmRole.Baseline).Name, launches);
        var ratios = plan.Arms
            .Where(arm => arm.Role != ArmRole.Baseline)
            .Select(arm => PairedSamples.Of(ArmSamples.Take(metric, arm.Name, launches), baseline, wantsRatio: true).LogRatios)
            .OfType<IReadOnlyList<double>>()
            .ToArray();
        return Spread.Pooled(ratios)?.Deviation;
    }
}
