using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;
using static PerfLab.Analysis.Tests.Decisions.DecisionCases;

namespace PerfLab.Analysis.Tests.Decisions;

/// <summary>The decision table of docs/decide.md, row by row.</summary>
public sealed class RecommenderTests
{
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
        Assert.Equal(("always-on", DecisionOutcome.NoCandidate), (Decide(["cpu<15%"], [], Arm("always-off", 1.01, kept: 0), Arm("always-on", 1.10, kept: 1)).Arm, Decide(["cpu<15%"], [], Arm("always-off", 1.01, kept: 0)).Outcome));

    [Fact]
    public void A_run_that_is_not_trusted_recommends_nothing()
    {
        var analysis = Analyze(5, new DecisionDefinition(["cpu<15%"], [], null), Arm("always-on", 1.10, kept: 1));

        Assert.Equal((DecisionOutcome.NotTrusted, null), (analysis.Decision!.Outcome, analysis.Decision.Arm));
    }

    [Fact]
    public void A_broken_arm_is_neither_recommended_nor_said_to_cost_the_same()
    {
        var analysis = Analyze(LaunchSets, new DecisionDefinition(["cpu<15%"], [], null), Arm("broken", 1.001, kept: 1) with { Receives = 0 }, Arm("always-on", 1.10, kept: 1));

        Assert.Equal(ArmState.Broken, analysis.Arm("broken").Health.State);
        Assert.Equal("always-on", analysis.Decision!.Arm);
        Assert.Equal(["always-on"], analysis.Decision.Arms.Select(arm => arm.Arm));
        Assert.Empty(analysis.Decision.SameCosts);
    }

    [Fact]
    public void Nothing_is_recommended_against_a_broken_baseline()
    {
        var plan = LabRun.OneVariantWith("off", "OTEL_SDK_DISABLED", "true") with { Decision = new DecisionDefinition(["cpu<15%"], [], null) };

        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "off" ? arm with { Spans = LabRun.Ledger(null, 100) } : arm, plan);

        Assert.Equal((TrustLevel.Trusted, ArmState.Broken), (analysis.Trust.Level, analysis.Arm("off").Health.State));
        Assert.Equal((DecisionOutcome.NotTrusted, null), (analysis.Decision!.Outcome, analysis.Decision.Arm));
        var condition = Assert.Single(analysis.Decision.Arms).Conditions[0];
        Assert.Equal((ThresholdOutcome.NotDecided, "off"), (condition.Outcome, Assert.IsType<ThresholdObstacle.FaultyArm>(condition.Obstacle).Arm));
    }

    [Fact]
    public void An_arm_without_a_fault_is_recommended_before_a_cheaper_one_that_loses_spans()
    {
        var decision = Decide(["cpu<15%"], [], Arm("lossy", 1.03, kept: 1) with { Receives = 0.7 }, Arm("always-on", 1.10, kept: 1));

        Assert.Equal((DecisionOutcome.Recommended, "always-on"), (decision.Outcome, decision.Arm));
    }

    // Both keep the trace of every failed request, whatever else one of them loses.
    [Fact]
    public void Of_arms_that_meet_everything_one_without_a_fault_is_named_before_a_cheaper_one_that_loses_spans()
    {
        var decision = Analyze(
            LabRun.Plan(6, "lossy", "always-on") with { Visibility = LabRun.Retention, Decision = new DecisionDefinition([], ["errors_kept>=99%"], null) },
            (_, arm) => (arm.Arm switch
            {
                "lossy" => LabRun.Arm("lossy", cpuSeconds: 0.00041) with { Spans = LabRun.Ledger(4_000, 2_800) },
                "always-on" => LabRun.Arm("always-on", cpuSeconds: 0.00044),
                _ => arm,
            }) with { Visibility = LabRun.Kept(failedKept: 100, failed: 100) }).Decision!;

        Assert.Equal((DecisionOutcome.Tied, "always-on"), (decision.Outcome, decision.Arm));
        Assert.Equal(["lossy"], decision.TiedWith);
    }

    // In one launch set it costs what the first costs, and in the others 1 to 5 % more: the interval of the difference begins at 0.
    [Fact]
    public void An_arm_that_may_cost_no_more_than_the_cheapest_is_tied_with_it()
    {
        var decision = Analyze(
            LabRun.Plan(6, "first", "second") with { Decision = new DecisionDefinition(["cpu<20%"], [], null) },
            (number, arm) => arm.Arm switch
            {
                "first" => LabRun.Arm("first", cpuSeconds: 0.00044),
                "second" => LabRun.Arm("second", cpuSeconds: 0.00044 * (1 + (0.01 * (number - 1)))),
                _ => arm,
            }).Decision!;

        Assert.Equal((DecisionOutcome.Tied, "first"), (decision.Outcome, decision.Arm));
        Assert.Equal(["second"], decision.TiedWith);
    }

    // The baseline takes 400 us.
    [Theory]
    [InlineData(0.00044, "off")]
    [InlineData(0.00036, "on")]
    public void A_baseline_that_keeps_traces_is_recommended_unless_an_arm_costs_less(double cpuSeconds, string expected)
    {
        var decision = Analyze(
            LabRun.Plan(6, "on") with { Decision = new DecisionDefinition(["cpu<15%"], ["traces_kept>=5%"], null) },
            (_, arm) => arm.Arm switch
            {
                "off" => arm with { Spans = LabRun.Ledger(4_000, 4_000) },
                "on" => LabRun.Arm("on", cpuSeconds),
                _ => arm,
            }).Decision!;

        Assert.Equal((DecisionOutcome.Recommended, expected), (decision.Outcome, decision.Arm));
    }

    [Fact]
    public void An_arm_with_fewer_open_conditions_is_nearer_than_one_that_costs_less_CPU() => Assert.Equal(
        "dear",
        Recommender.Decide(Open("cheap", 0.03, "dear", 0.045).With("cheap", MetricId.Allocation, allocation => allocation with { Ratio = Across5Percent(0.04) })).Arm);

    [Theory]
    [InlineData(0.03, 0.045, "first")]
    [InlineData(0.045, 0.03, "second")]
    public void Of_arms_with_as_many_open_conditions_the_one_that_costs_the_least_CPU_is_the_nearest(double first, double second, string expected)
    {
        var decision = Recommender.Decide(Open("first", first, "second", second));

        Assert.Equal((DecisionOutcome.NotProven, expected), (decision.Outcome, decision.Arm));
    }

    // From 75 % the upper end must come to 50 %, half as far from the estimate of 25 %: four times the launch sets. From 275 % it
    // must come to a tenth, which takes a hundred times as many; nobody waits for more than 1,000.
    [Theory]
    [InlineData("cpu<50%", 0.25, 0.75, 8, 32)]
    [InlineData("cpu<50%", 0.25, 2.75, 10, 1_000)]
    [InlineData("cpu<50%", 0.25, 2.75, 11, null)]
    [InlineData("cpu<50%", 0.625, 0.75, 8, null)]
    [InlineData("cpu<=50%", 0.5, 0.75, 8, null)]
    public void The_launch_sets_that_would_settle_a_budget_grow_with_the_square_of_how_far_its_interval_must_shrink(string budget, double estimate, double high, int launchSets, int? needed)
    {
        var run = Analyze(LabRun.Plan(6, "on") with { Decision = new DecisionDefinition([budget], [], null) }, (_, arm) => arm);

        var decision = Recommender.Decide((run.Basis() with { LaunchSets = launchSets }).With("on", MetricId.Cpu, cpu => cpu with { Ratio = new Interval(estimate, 0.125, high, 0.95) }));

        Assert.Equal((DecisionOutcome.NotProven, needed), (decision.Outcome, decision.NeededLaunchSets));
    }

    // Of 16 failed requests 8 to 14 were kept, in the middle 12. From 50 % the lower end must come to 62.5 %, half as far from 75 %.
    [Fact]
    public void What_must_be_seen_is_settled_when_the_lower_end_of_its_interval_comes_up_to_the_limit()
    {
        int[] kept = [8, 12, 12, 12, 12, 14];

        var decision = Analyze(
            LabRun.Plan(6, "on") with { Visibility = LabRun.Retention, Decision = new DecisionDefinition([], ["errors_kept>=62.5%"], null) },
            (number, arm) => arm with { Visibility = LabRun.Kept(kept[number - 1], 16) }).Decision!;

        Assert.Equal((DecisionOutcome.NotProven, 4 * 6), (decision.Outcome, decision.NeededLaunchSets));
    }

    // CPU needs four times the launch sets, as above; allocation, which must shrink to two thirds, needs 2.25 times as many.
    [Fact]
    public void Several_open_conditions_are_settled_by_the_launch_sets_of_the_one_that_needs_the_most()
    {
        var run = Analyze(LabRun.Plan(6, "on") with { Decision = new DecisionDefinition(["cpu<50%", "allocation<50%"], [], null) }, (_, arm) => arm);

        var decision = Recommender.Decide(run.Basis()
            .With("on", MetricId.Cpu, cpu => cpu with { Ratio = new Interval(0.25, 0.125, 0.75, 0.95) })
            .With("on", MetricId.Allocation, allocation => allocation with { Ratio = new Interval(0.25, 0.125, 0.625, 0.95) }));

        Assert.Equal(4 * 6, decision.NeededLaunchSets);
    }

    // Two arms with budgets of 5 %, of which that of CPU is open.
    private static DecisionBasis Open(string one, double cpuOfOne, string other, double cpuOfOther) =>
        Analyze(LabRun.Plan(6, one, other) with { Decision = new DecisionDefinition(["cpu<5%", "allocation<5%"], [], null) }, (_, arm) => arm).Basis()
            .With(one, MetricId.Cpu, cpu => cpu with { Ratio = Across5Percent(cpuOfOne) })
            .With(other, MetricId.Cpu, cpu => cpu with { Ratio = Across5Percent(cpuOfOther) });

    private static Interval Across5Percent(double estimate) => new(estimate, 0.02, 0.06, 0.95);
}
