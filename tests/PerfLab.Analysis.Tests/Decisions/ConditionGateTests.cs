using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;
using static PerfLab.Analysis.Tests.Decisions.DecisionCases;

namespace PerfLab.Analysis.Tests.Decisions;

/// <summary>What keeps an arm from meeting a condition: a fault of the arm or of the baseline, a control that moved, a plan that includes less than is sent.</summary>
public sealed class ConditionGateTests
{
    private static readonly PricingPlan s_byVolume = Plan(new Price(PriceUnit.Gigabyte, 0.05, 0, null));

    private static readonly PricingPlan s_byCore = Plan(new Price(PriceUnit.CoreHour, 10, 0, null));

    // Lost spans make the cost of the arm a lower bound, which can still show that a budget is missed. The others leave nothing to say.
    [Theory]
    [InlineData(null, false, false)]
    [InlineData("on: SpansLost", false, false, ArmFaultKind.SpansLost)]
    [InlineData("off: SpansLost", true, false, ArmFaultKind.SpansLost)]
    [InlineData("control", false, true, ArmFaultKind.SpansLost)]
    [InlineData("off: SpansLost", true, true, ArmFaultKind.SpansLost)]
    [InlineData("off: SpansLost", true, true)]
    [InlineData("control", false, true)]
    [InlineData("on: SpansSurplus", true, true, ArmFaultKind.SpansSurplus)]
    [InlineData("on: SpansSurplus", true, true, ArmFaultKind.SpansLost, ArmFaultKind.SpansSurplus)]
    public void The_obstacle_that_leaves_the_least_to_say_is_named(string? expected, bool isBaselineFaulty, bool hasControlMoved, params ArmFaultKind[] faults)
    {
        var basis = Run(s_byVolume).WithFaults("on", faults).WithFaults("off", isBaselineFaulty ? [ArmFaultKind.SpansLost] : []);

        Assert.Equal(expected, ObstacleTo("cpu<5%", hasControlMoved ? MovedControl(basis) : basis));
    }

    [Theory]
    [InlineData("exported<250B")]
    [InlineData("exported<50GB/month")]
    [InlineData("traces_kept>=5%")]
    [InlineData("cost<5/month")]
    public void Neither_the_baseline_nor_the_control_stands_in_the_way_of_a_condition_on_the_arm_alone(string condition) =>
        Assert.Null(ObstacleTo(condition, MovedControl(Run(s_byVolume).WithFaults("off", ArmFaultKind.SpansLost))));

    [Theory]
    [InlineData("cpu<5%")]
    [InlineData("p50<+1ms")]
    [InlineData("cost<1/month")]
    public void The_baseline_does_not_differ_from_itself_whatever_the_control_does(string condition)
    {
        var result = MovedControl(Run(s_byCore)).Judge("off", condition);

        Assert.Equal((ThresholdOutcome.Proven, null), (result.Outcome, result.Obstacle));
    }

    // Four hosts include 40 GB, and 52.6 GB are sent: the bill is a lower bound. What cores take more than the baseline is billed too.
    [Theory]
    [InlineData("BeyondIncluded", false)]
    [InlineData("on: SpansLost", false, ArmFaultKind.SpansLost)]
    [InlineData("off: SpansLost", true)]
    public void A_fault_is_named_before_what_a_plan_does_not_include(string expected, bool isBaselineFaulty, params ArmFaultKind[] faults)
    {
        var basis = Run(Plan(new Price(PriceUnit.Host, 31, 0, 10), new Price(PriceUnit.CoreHour, 10, 0, null)))
            .WithFaults("on", faults)
            .WithFaults("off", isBaselineFaulty ? [ArmFaultKind.SpansLost] : []);

        Assert.Equal(expected, ObstacleTo("cost<100/month", basis));
    }

    // What the sampler kept may have been lost on its way; what arrived was kept.
    [Theory]
    [InlineData("errors_kept>=99%", 4_000L, true, null)]
    [InlineData("traces_kept>=5%", 4_000L, true, null)]
    [InlineData("traces_kept>=5%", null, false, null)]
    [InlineData("traces_kept>=5%", 4_000L, false, "on: SpansLost")]
    public void Lost_spans_take_nothing_from_what_was_seen_to_arrive(string condition, long? sampled, bool isSeen, string? expected)
    {
        var run = Analyze(
            LabRun.Plan(6, "on") with { Visibility = isSeen ? LabRun.Retention : null },
            (_, arm) => arm with { Spans = LabRun.Ledger(sampled, 2_800), Visibility = isSeen ? LabRun.Kept(failedKept: 100, failed: 100) : null });

        Assert.Equal(expected, ObstacleTo(condition, run.Basis().WithFaults("on", ArmFaultKind.SpansLost)));
    }

    private static string? ObstacleTo(string condition, DecisionBasis basis) => ConditionGate.ObstacleTo(DecisionCondition.Parse(condition), basis.Arms.Single(arm => arm.Name == "on"), basis) switch
    {
        null => null,
        ThresholdObstacle.FaultyArm faulty => $"{faulty.Arm}: {faulty.Fault.Kind}",
        ThresholdObstacle.ControlMoved => "control",
        var other => other.GetType().Name,
    };

    // An arm that sends 200 B for each of 262,980,000 requests a month.
    private static DecisionBasis Run(PricingPlan pricing) => Analyze(
        LabRun.Plan(6, "on") with { Decision = new DecisionDefinition([], [], 100) { Traffic = new TrafficDefinition(100, 4, 30), Pricing = [pricing] } },
        (_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(4_000, 4_000, 800_000) } : arm).Basis();

    private static DecisionBasis MovedControl(DecisionBasis basis) => basis.With("off'", MetricId.Cpu, Slower).With("off'", MetricId.P50, Slower);

    private static MetricComparison Slower(MetricComparison control) => control with { Ratio = new Interval(0.08, 0.07, 0.09, 0.95), Verdict = Verdict.Slower };

    private static PricingPlan Plan(params Price[] prices) => new("plan", new DateOnly(2026, 11, 29), "https://example.com/pricing", "USD", null, prices);
}
