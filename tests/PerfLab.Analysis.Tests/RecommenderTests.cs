using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

/// <summary>The decision table of docs/decide.md, row by row.</summary>
public sealed class RecommenderTests
{
    private const int LaunchSets = 8;

    [Fact]
    public void The_cheapest_arm_that_provably_meets_everything_is_recommended()
    {
        var decision = Decide(["cpu<15%"], ["traces_kept>=5%"], Arm("ratio-10", 1.03, kept: 0.1), Arm("always-on", 1.10, kept: 1));

        Assert.Equal((DecisionOutcome.Recommended, "ratio-10"), (decision.Outcome, decision.Arm));
        Assert.All(decision.Arms, arm => Assert.Equal(ThresholdOutcome.Proven, arm.Outcome));
    }

    [Fact]
    public void A_higher_goal_changes_the_recommendation() =>
        Assert.Equal("always-on", Decide(["cpu<15%"], ["traces_kept>=50%"], Arm("ratio-10", 1.03, kept: 0.1), Arm("always-on", 1.10, kept: 1)).Arm);

    [Fact]
    public void A_tighter_budget_leaves_none_and_names_the_nearest()
    {
        var decision = Decide(["cpu<5%"], ["traces_kept>=50%"], Arm("ratio-10", 1.03, kept: 0.1), Arm("always-on", 1.10, kept: 1));

        Assert.Equal(DecisionOutcome.NoneMeets, decision.Outcome);
        Assert.Null(decision.NeededLaunchSets);
        Assert.Equal([ThresholdOutcome.Violated, ThresholdOutcome.Proven], decision.Arms[1].Conditions.Select(condition => condition.Outcome));
    }

    [Fact]
    public void An_interval_across_the_limit_is_not_decided_and_the_launch_sets_that_would_settle_it_are_named()
    {
        // About 4 % with a spread of some per cent: the limit of 5 % lies within the interval.
        var decision = Decide(["cpu<5%"], ["traces_kept>=50%"], Arm("always-on", 1.04, kept: 1, spread: 0.03));

        Assert.Equal((DecisionOutcome.NotProven, "always-on"), (decision.Outcome, decision.Arm));
        Assert.True(decision.NeededLaunchSets > LaunchSets, $"{decision.NeededLaunchSets}");
    }

    [Fact]
    public void Arms_whose_cost_cannot_be_told_apart_are_tied()
    {
        var decision = Decide(["cpu<20%"], ["traces_kept>=5%"], Arm("first", 1.10, kept: 0.5, spread: 0.02), Arm("second", 1.10, kept: 0.6, spread: 0.02));

        Assert.Equal(DecisionOutcome.Tied, decision.Outcome);
        Assert.Single(decision.TiedWith);
    }

    [Fact]
    public void An_arm_that_keeps_no_trace_is_never_recommended() =>
        Assert.Equal("always-on", Decide(["cpu<15%"], [], Arm("always-off", 1.01, kept: 0), Arm("always-on", 1.10, kept: 1)).Arm);

    [Fact]
    public void A_run_that_is_not_trusted_recommends_nothing()
    {
        var analysis = Analyze(5, new DecisionDefinition(["cpu<15%"], [], null), Arm("always-on", 1.10, kept: 1));

        Assert.Equal((DecisionOutcome.NotTrusted, null), (analysis.Decision!.Outcome, analysis.Decision.Arm));
    }

    [Fact]
    public void Without_conditions_nothing_is_recommended_and_dominated_arms_are_named()
    {
        var analysis = Analyze(LaunchSets, null, Arm("dear", 1.20, kept: 0.1), Arm("cheap", 1.05, kept: 0.5));

        Assert.Equal(DecisionOutcome.NotAsked, analysis.Decision!.Outcome);
        Assert.Equal(["cheap", null], analysis.Decision.Arms.Select(arm => arm.DominatedBy));
    }

    [Fact]
    public void An_arm_that_costs_more_and_keeps_more_is_not_dominated() =>
        Assert.All(Analyze(LaunchSets, null, Arm("ratio-10", 1.05, kept: 0.1), Arm("always-on", 1.20, kept: 1)).Decision!.Arms, arm => Assert.Null(arm.DominatedBy));

    [Fact]
    public void A_variant_that_is_shown_to_cost_the_same_is_listed_as_without_effect() =>
        Assert.Equal(["same"], Analyze(LaunchSets, null, Arm("same", 1.001, kept: 1), Arm("always-on", 1.20, kept: 1)).Decision!.WithoutEffect);

    // 1,000 requests in each launch set send 200 kB: 200 B each; at 100/s a month has 262,980,000 requests, 52.6 GB.
    [Theory]
    [InlineData("exported<60GB/month", ThresholdOutcome.Proven)]
    [InlineData("exported<50GB/month", ThresholdOutcome.Violated)]
    [InlineData("exported<250B", ThresholdOutcome.Proven)]
    [InlineData("exported<150B", ThresholdOutcome.Violated)]
    [InlineData("cpu<50us", ThresholdOutcome.Proven)]
    [InlineData("cpu<30us", ThresholdOutcome.Violated)]
    [InlineData("p50<1ms", ThresholdOutcome.Proven)]
    [InlineData("allocation<1%", ThresholdOutcome.Proven)]
    [InlineData("errors_kept>=99%", ThresholdOutcome.NotDecided)]
    public void Each_quantity_is_judged_in_its_own_unit(string condition, ThresholdOutcome expected)
    {
        var isSeen = condition.StartsWith("errors", StringComparison.Ordinal);
        var analysis = Analyze(LaunchSets, new DecisionDefinition(isSeen ? [] : [condition], isSeen ? [condition] : [], 100), Arm("always-on", 1.10, kept: 1, wireBytes: 800_000));

        Assert.Equal(expected, Assert.Single(analysis.Decision!.Arms[0].Conditions).Outcome);
    }

    private static RunDecision Decide(string[] budget, string[] see, params (string Name, double Cost, double Kept, double Spread, long WireBytes)[] variants) =>
        Analyze(LaunchSets, new DecisionDefinition(budget, see, null), variants).Decision!;

    private static (string Name, double Cost, double Kept, double Spread, long WireBytes) Arm(string name, double cost, double kept, double spread = 0.004, long wireBytes = 0) =>
        (name, cost, kept, spread, wireBytes);

    private static RunAnalysis Analyze(int launchSets, DecisionDefinition? decision, params (string Name, double Cost, double Kept, double Spread, long WireBytes)[] variants)
    {
        var random = new Random(20_261_129);
        return LabRun.Analyze(
            LabRun.Plan(launchSets, [.. variants.Select(variant => variant.Name)]) with { Decision = decision },
            [
                .. Enumerable.Range(1, launchSets).Select(number => LabRun.Launch(
                    number,
                    [
                        LabRun.Arm("off", cpuSeconds: Cost(1, 0.001)),
                        LabRun.Arm("off'", cpuSeconds: Cost(1, 0.001)),
                        .. variants.Select(Record),
                    ])),
            ]);

        ArmRecord Record((string Name, double Cost, double Kept, double Spread, long WireBytes) variant)
        {
            var sampled = (long)(10_000 * variant.Kept);
            var arm = LabRun.Arm(variant.Name, cpuSeconds: Cost(variant.Cost, variant.Spread));
            return arm with { Spans = LabRun.Ledger(sampled, sampled, variant.WireBytes) with { CreatedCount = 10_000, NotSampledCount = 10_000 - sampled } };
        }

        double Cost(double factor, double spread) => 0.0004 * factor * (1 + (spread * ((2 * random.NextDouble()) - 1)));
    }
}
