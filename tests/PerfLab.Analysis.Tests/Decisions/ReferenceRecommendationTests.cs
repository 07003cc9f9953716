using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Tests.Decisions;

/// <summary>
/// What is recommended from a run that was measured: 8 launch sets of tail.yaml. Its intervals of CPU are 3.0 to 6.3 % (head-1),
/// 2.6 to 9.5 % (head-10), 9.3 to 15.6 % (always-on), 8.6 to 14.2 % (tail-in-service) and 9.7 to 13.6 % (tail); only the last three
/// keep failed and slow requests, and only always-on keeps every trace. The numbers stand in its <c>summary.json</c>.
/// </summary>
public sealed class ReferenceRecommendationTests
{
    [Theory]
    [InlineData("cpu<25%", "errors_kept>=99%", "slow_kept>=90%", DecisionOutcome.Tied, "tail")]
    [InlineData("cpu<15%", "errors_kept>=99%", "slow_kept>=90%", DecisionOutcome.Tied, "tail")]
    [InlineData("cpu<14%", "errors_kept>=99%", "slow_kept>=90%", DecisionOutcome.Recommended, "tail")]
    [InlineData("cpu<13%", "errors_kept>=99%", "slow_kept>=90%", DecisionOutcome.NotProven, "tail")]
    [InlineData("cpu<5%", "errors_kept>=99%", "slow_kept>=90%", DecisionOutcome.NoneMeets, "tail")]
    [InlineData("cpu<25%", "traces_kept>=99%", "complete>=99%", DecisionOutcome.Recommended, "always-on")]
    [InlineData("cpu<8%", "traces_kept>=0.5%", "complete>=99%", DecisionOutcome.Recommended, "head-1")]
    [InlineData("cpu<10%", "traces_kept>=5%", "complete>=99%", DecisionOutcome.Recommended, "head-10")]
    [InlineData("cpu<10%", "traces_kept>=5%", "slow_kept>=90%", DecisionOutcome.NotProven, "tail")]
    public void The_budget_and_what_must_be_seen_decide(string budget, string first, string second, DecisionOutcome outcome, string arm)
    {
        var decision = Decide(budget, first, second);

        Assert.Equal((outcome, arm), (decision.Outcome, decision.Arm));
    }

    [Fact]
    public void An_undecided_budget_names_the_launch_sets_that_would_settle_it()
    {
        var decision = Decide("cpu<13%", "errors_kept>=99%", "slow_kept>=90%");

        // 11.24 % with an upper bound of 13.55 %: it must come from 2.31 to 1.76 above the estimate, (2.31 / 1.76)^2 * 8 = 13.8.
        Assert.Equal(14, decision.NeededLaunchSets);
        Assert.Equal(
            [ThresholdOutcome.NotDecided, ThresholdOutcome.Proven, ThresholdOutcome.Proven],
            decision.Arms.Single(entry => entry.Arm == "tail").Conditions.Select(condition => condition.Outcome));
    }

    [Fact]
    public void Launch_sets_cannot_settle_a_budget_below_the_estimate() =>
        Assert.Null(Decide("cpu<10%", "traces_kept>=5%", "slow_kept>=90%").NeededLaunchSets);

    [Fact]
    public void Head_sampling_misses_what_is_slow_and_what_failed() =>
        Assert.All(
            Decide("cpu<25%", "errors_kept>=99%", "slow_kept>=90%").Arms.Where(entry => entry.Arm.StartsWith("head", StringComparison.Ordinal)),
            entry => Assert.Equal([ThresholdOutcome.Proven, ThresholdOutcome.Violated, ThresholdOutcome.Violated], entry.Conditions.Select(condition => condition.Outcome)));

    [Fact]
    public void A_broken_arm_is_not_recommended()
    {
        var (analysis, _) = ReferenceAnalysis.Of(
            ReferenceAnalysis.Tail,
            plan => plan with { Decision = new DecisionDefinition(["cpu<14%"], ["errors_kept>=99%", "slow_kept>=90%"], null) },
            arm => arm.Arm == "tail" ? arm with { Spans = arm.Spans with { ReceivedCount = 0 } } : arm);

        Assert.Equal(ArmState.Broken, analysis.Arms.Single(arm => arm.Name == "tail").Health.State);
        Assert.Equal((DecisionOutcome.NotProven, "tail-in-service"), (analysis.Decision!.Outcome, analysis.Decision.Arm));
        Assert.DoesNotContain(analysis.Decision.Arms, entry => entry.Arm == "tail");
    }

    [Fact]
    public void No_arm_is_dominated_while_its_99th_percentile_cannot_be_told_from_that_of_another() =>
        Assert.All(Decide("cpu<25%", "errors_kept>=99%", "slow_kept>=90%").Arms, entry => Assert.Null(entry.DominatedBy));

    private static RunDecision Decide(string budget, params string[] see) =>
        ReferenceAnalysis.Of(ReferenceAnalysis.Tail, plan => plan with { Decision = new DecisionDefinition([budget], see, null) }).Analysis.Decision!;
}
