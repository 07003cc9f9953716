using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
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
        Assert.Equal(("always-on", DecisionOutcome.NoCandidate), (Decide(["cpu<15%"], [], Arm("always-off", 1.01, kept: 0), Arm("always-on", 1.10, kept: 1)).Arm, Decide(["cpu<15%"], [], Arm("always-off", 1.01, kept: 0)).Outcome));

    [Fact]
    public void A_run_that_is_not_trusted_recommends_nothing()
    {
        var analysis = Analyze(5, new DecisionDefinition(["cpu<15%"], [], null), Arm("always-on", 1.10, kept: 1));

        Assert.Equal((DecisionOutcome.NotTrusted, null), (analysis.Decision!.Outcome, analysis.Decision.Arm));
    }

    // Every axis counts that was measured: allocation and response time too.
    [Theory]
    [InlineData(1.1, 1.1, "cheap")]
    [InlineData(1.0, 1.1, null)]
    [InlineData(1.1, 1.0, null)]
    [InlineData(0.9, 1.1, null)]
    [InlineData(1.1, 0.9, null)]
    public void Without_conditions_nothing_is_recommended_and_an_arm_that_is_worse_in_everything_is_dominated(double allocates, double waits, string? by)
    {
        var analysis = Analyze(LaunchSets, null, Arm("dear", 1.20, kept: 0.1) with { Allocates = allocates, Waits = waits }, Arm("cheap", 1.05, kept: 0.5));

        Assert.Equal(DecisionOutcome.NotAsked, analysis.Decision!.Outcome);
        Assert.Equal([by, null], analysis.Decision.Arms.Select(arm => arm.DominatedBy));
    }

    [Fact]
    public void An_arm_that_is_worse_in_every_cost_and_keeps_as_much_is_not_dominated() =>
        Assert.All(
            Analyze(LaunchSets, null, Arm("dear", 1.20, kept: 0.5) with { Allocates = 1.1, Waits = 1.1 }, Arm("cheap", 1.05, kept: 0.5)).Decision!.Arms,
            arm => Assert.Null(arm.DominatedBy));

    [Fact]
    public void An_arm_that_costs_more_and_keeps_more_is_not_dominated() =>
        Assert.All(Analyze(LaunchSets, null, Arm("ratio-10", 1.05, kept: 0.1), Arm("always-on", 1.20, kept: 1)).Decision!.Arms, arm => Assert.Null(arm.DominatedBy));

    [Fact]
    public void A_variant_that_is_shown_to_cost_the_same_as_the_baseline_is_listed() =>
        Assert.Equal([("same", "off")], Pairs(Arm("same", 1.001, kept: 1), Arm("always-on", 1.20, kept: 1)));

    [Fact]
    public void Two_variants_that_are_shown_to_cost_the_same_are_listed_with_what_is_the_same()
    {
        var pair = Assert.Single(Analyze(LaunchSets, null, Arm("batch-64", 1.20, kept: 1, wireBytes: 800_000), Arm("batch-512", 1.20, kept: 1, wireBytes: 801_000)).Decision!.SameCosts);

        Assert.Equal(("batch-512", "batch-64"), (pair.Arm, pair.Other));
        Assert.Equal([MetricId.Cpu, MetricId.Allocation, MetricId.ExportedBytes, MetricId.P99], pair.Metrics);
        Assert.Empty(pair.Open);
    }

    [Theory]
    [InlineData(1.3, 1, 1, 800_000)]
    [InlineData(1.2, 1.1, 1, 800_000)]
    [InlineData(1.2, 1, 1.5, 800_000)]
    [InlineData(1.2, 1, 1, 1_600_000)]
    [InlineData(1.2, 1, 1, 0)]
    public void Two_variants_that_differ_in_one_cost_do_not_cost_the_same(double cost, double allocates, double waits, long wireBytes) =>
        Assert.Empty(Pairs(Arm("one", 1.20, kept: 1, wireBytes: 800_000), Arm("other", cost, kept: 1, wireBytes: wireBytes) with { Allocates = allocates, Waits = waits }));

    [Fact]
    public void A_99th_percentile_that_settles_nothing_is_named_as_open() =>
        Assert.Equal([MetricId.P99], Assert.Single(Analyze(LaunchSets, null, Arm("one", 1.20, kept: 1), Arm("other", 1.20, kept: 1) with { Waits = 0.6, WaitsMoreEachTime = 0.1 }).Decision!.SameCosts).Open);

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
    public void A_run_whose_control_moved_says_neither_that_arms_cost_the_same_nor_that_one_is_dominated()
    {
        Variant[] variants = [Arm("one", 1.20, kept: 1), Arm("same", 1.20, kept: 1), Arm("better", 1.05, kept: 1)];

        Assert.NotEmpty(Analyze(LaunchSets, null, variants).Decision!.SameCosts);
        var moved = Analyze(LaunchSets, null, controlCost: 1.08, variants);

        Assert.Equal(TrustLevel.Untrusted, moved.Trust.Level);
        Assert.Empty(moved.Decision!.SameCosts);
        Assert.All(moved.Decision.Arms, arm => Assert.Null(arm.DominatedBy));
    }

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

    // 30 % of its spans do not arrive: sending them too would cost more than the 10 % that were measured.
    [Theory]
    [InlineData("cpu<15%", ThresholdOutcome.NotDecided, DecisionOutcome.NotProven)]
    [InlineData("cpu<5%", ThresholdOutcome.Violated, DecisionOutcome.NoneMeets)]
    [InlineData("exported<1MB", ThresholdOutcome.NotDecided, DecisionOutcome.NotProven)]
    [InlineData("p99<10%", ThresholdOutcome.NotDecided, DecisionOutcome.NotProven)]
    [InlineData("cpu<1s", ThresholdOutcome.NotDecided, DecisionOutcome.NotProven)]
    public void What_an_arm_costs_that_loses_spans_shows_that_a_budget_is_missed_and_never_that_it_is_met(string budget, ThresholdOutcome condition, DecisionOutcome outcome)
    {
        var decision = Decide([budget], [], Arm("lossy", 1.10, kept: 1) with { Receives = 0.7 });

        Assert.Equal(outcome, decision.Outcome);
        Assert.Null(decision.NeededLaunchSets);
        Assert.Equal(condition, Assert.Single(decision.Arms).Conditions[0].Outcome);
    }

    [Fact]
    public void An_arm_without_a_fault_is_recommended_before_a_cheaper_one_that_loses_spans()
    {
        var decision = Decide(["cpu<15%"], [], Arm("lossy", 1.03, kept: 1) with { Receives = 0.7 }, Arm("always-on", 1.10, kept: 1));

        Assert.Equal((DecisionOutcome.Recommended, "always-on"), (decision.Outcome, decision.Arm));
    }

    [Theory]
    [InlineData("cpu<15%")]
    [InlineData("p50<+1ms")]
    public void A_baseline_that_loses_spans_leaves_every_budget_undecided_that_is_held_against_it(string budget)
    {
        var plan = LabRun.Plan(6, "on") with { Decision = new DecisionDefinition([budget], [], null) };

        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "off" ? arm with { Spans = LabRun.Ledger(1_000, 700) } : arm, plan);

        Assert.Equal(DecisionOutcome.NotProven, analysis.Decision!.Outcome);
        Assert.All(analysis.Decision.Arms, arm => Assert.Equal("off", Assert.IsType<ThresholdObstacle.FaultyArm>(arm.Conditions[0].Obstacle).Arm));
    }

    // The control's median is 0.4 to 1.4 ms where the baseline's is 1 ms; the arm's is 1.05 ms.
    [Theory]
    [InlineData("p50<10%", ThresholdOutcome.NotDecided)]
    [InlineData("p50<50%", ThresholdOutcome.NotDecided)]
    [InlineData("p50<80%", ThresholdOutcome.Proven)]
    [InlineData("p50<+0.5ms", ThresholdOutcome.NotDecided)]
    [InlineData("p50<+0.8ms", ThresholdOutcome.Proven)]
    [InlineData("p50<3%", ThresholdOutcome.NotDecided)]
    [InlineData("cpu<3%", ThresholdOutcome.Proven)]
    public void A_budget_of_response_time_is_decided_where_a_threshold_is(string budget, ThresholdOutcome expected)
    {
        var analysis = LabRun.OneVariant(
            (i, arm) => arm.Arm switch
            {
                "off'" => LabRun.Arm("off'", p50Seconds: 0.0002 * (1 + i)),
                "on" => LabRun.Arm("on", p50Seconds: 0.00105 + (1e-8 * i)),
                _ => arm,
            },
            LabRun.Plan(6, "on") with { Decision = new DecisionDefinition([budget], [], null) });

        var condition = Assert.Single(analysis.Decision!.Arms).Conditions[0];
        Assert.Equal(expected, condition.Outcome);
        Assert.Equal(expected == ThresholdOutcome.NotDecided, condition.Obstacle is ThresholdObstacle.ControlMoved);
        if (budget.EndsWith('%') && budget.StartsWith('p'))
        {
            Assert.Equal(expected, Assert.Single(RunThresholdJudge.Judge([Threshold.Parse(budget.Replace("p50", "overhead(p50)", StringComparison.Ordinal))], analysis).Results).Outcome);
        }
    }

    [Fact]
    public void Traces_that_a_sampler_kept_and_that_were_lost_are_not_shown_to_be_kept() =>
        Assert.Equal(
            [ThresholdOutcome.NotDecided, ThresholdOutcome.Proven],
            Decide([], ["traces_kept>=99%"], Arm("lossy", 1.03, kept: 1) with { Receives = 0.7 }, Arm("always-on", 1.10, kept: 1)).Arms.Select(arm => arm.Outcome));

    private static RunDecision Decide(string[] budget, string[] see, params Variant[] variants) =>
        Analyze(LaunchSets, new DecisionDefinition(budget, see, null), variants).Decision!;

    private static IEnumerable<(string Arm, string Other)> Pairs(params Variant[] variants) =>
        Analyze(LaunchSets, null, variants).Decision!.SameCosts.Select(pair => (pair.Arm, pair.Other));

    private static Variant Arm(string name, double cost, double kept, double spread = 0.004, long wireBytes = 0) => new(name, cost, kept, spread, wireBytes);

    private static RunAnalysis Analyze(int launchSets, DecisionDefinition? decision, params Variant[] variants) => Analyze(launchSets, decision, 1, variants);

    private static RunAnalysis Analyze(int launchSets, DecisionDefinition? decision, double controlCost, params Variant[] variants)
    {
        var random = new Random(20_261_129);
        return LabRun.Analyze(
            LabRun.Plan(launchSets, [.. variants.Select(variant => variant.Name)]) with { Decision = decision },
            [
                .. Enumerable.Range(1, launchSets).Select(number => LabRun.Launch(
                    number,
                    [
                        LabRun.Arm("off", cpuSeconds: Cost(1, 0.001)),
                        LabRun.Arm("off'", cpuSeconds: Cost(controlCost, 0.001)),
                        .. variants.Select(variant => Record(variant, number)),
                    ])),
            ]);

        ArmRecord Record(Variant variant, int number)
        {
            var sampled = (long)(10_000 * variant.Kept);
            var arm = LabRun.Arm(
                variant.Name,
                cpuSeconds: Cost(variant.Cost, variant.Spread),
                bytes: 10_000 * variant.Allocates,
                p50Seconds: 0.001 * (variant.Waits + (variant.WaitsMoreEachTime * number)));
            return arm with { Spans = LabRun.Ledger(sampled, (long)(sampled * variant.Receives), variant.WireBytes) with { CreatedCount = 10_000, NotSampledCount = 10_000 - sampled } };
        }

        double Cost(double factor, double spread) => 0.0004 * factor * (1 + (spread * ((2 * random.NextDouble()) - 1)));
    }

    // Against the baseline, which costs 1 of each.
    private sealed record Variant(string Name, double Cost, double Kept, double Spread, long WireBytes)
    {
        public double Allocates { get; init; } = 1;

        public double Waits { get; init; } = 1;

        public double WaitsMoreEachTime { get; init; }

        public double Receives { get; init; } = 1;
    }
}
