using PerfLab.Analysis.Gates;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;
using static PerfLab.Analysis.Tests.Gates.GateCases;

namespace PerfLab.Analysis.Tests.Gates;

/// <summary>The decision table of the gate, row by row: what the interval says, what may be said of it, and what a second look does.</summary>
public sealed class GateDecisionTests
{
    private static readonly GateRun s_suspect = Run(Change(0.031, 0.08));

    // The threshold is 3 %. An interval decides by its ends; at the limit itself an increase is ruled out, and not yet proven.
    [Theory]
    [InlineData(-0.01, 0.02, GateOutcome.Passed, "within-threshold")]
    [InlineData(-0.01, 0.03, GateOutcome.Passed, "within-threshold")]
    [InlineData(0.01, 0.03, GateOutcome.Passed, "within-threshold")]
    [InlineData(-0.04, -0.01, GateOutcome.Passed, "within-threshold")]
    [InlineData(-0.06, -0.03, GateOutcome.Passed, "within-threshold")]
    [InlineData(-0.06, -0.031, GateOutcome.Improved, "below-threshold")]
    [InlineData(-0.01, 0.0301, GateOutcome.Undecided, "reaches-across")]
    [InlineData(-0.20, 0.20, GateOutcome.Undecided, "reaches-across")]
    [InlineData(0.03, 0.08, GateOutcome.Undecided, "reaches-across")]
    [InlineData(0.031, 0.08, GateOutcome.Undecided, "unconfirmed")]
    public void One_run_passes_improves_or_leaves_undecided_and_never_regresses(double low, double high, GateOutcome outcome, string code) =>
        Expect(outcome, code, Judge(Run(Change(low, high))));

    [Theory]
    [InlineData(0.031, 0.06, GateOutcome.Regressed, "confirmed")]
    [InlineData(0.03, 0.06, GateOutcome.Undecided, "not-confirmed")]
    [InlineData(-0.02, 0.06, GateOutcome.Undecided, "not-confirmed")]
    [InlineData(-0.02, 0.03, GateOutcome.Passed, "not-confirmed")]
    [InlineData(-0.08, -0.04, GateOutcome.Passed, "not-confirmed")]
    public void Fresh_launch_sets_decide_about_a_suspect(double low, double high, GateOutcome outcome, string code) =>
        Expect(outcome, code, Judge(s_suspect, Run(Change(low, high))));

    [Fact]
    public void Both_intervals_stand_in_the_reason()
    {
        var result = Judge(s_suspect, Run(Change(0.04, 0.06)));

        Assert.Equal(new GateReason.Confirmed(Interval(0.031, 0.08), Interval(0.04, 0.06)), result.Reason);
    }

    [Fact]
    public void A_second_run_that_nobody_asked_for_changes_nothing() =>
        Expect(GateOutcome.Passed, "within-threshold", Judge(Run(Change(-0.01, 0.02)), Run(Change(0.05, 0.08))));

    [Theory]
    [InlineData(TrustLevel.Trusted, GateOutcome.Passed, "within-threshold")]
    [InlineData(TrustLevel.Limited, GateOutcome.Passed, "within-threshold")]
    [InlineData(TrustLevel.Untrusted, GateOutcome.NotJudged, "not-trusted")]
    [InlineData(TrustLevel.Undecided, GateOutcome.NotJudged, "not-trusted")]
    public void A_run_that_is_not_trusted_is_never_a_pass(TrustLevel trust, GateOutcome outcome, string code) =>
        Expect(outcome, code, Judge(Run(Change(-0.01, 0.02)) with { Trust = trust }));

    [Fact]
    public void A_missing_arm_is_never_a_pass()
    {
        var run = Run(Change(-0.01, 0.02));

        Expect(GateOutcome.NotJudged, "missing-arm", Judge(run with { Pairs = [] }));
        var result = Judge(run with { Pairs = [run.Pairs[0] with { MissingArm = "on.head" }] });
        Expect(GateOutcome.NotJudged, "missing-arm", result);
        Assert.Equal(new GateReason.MissingArm("on.head"), result.Reason);
    }

    [Fact]
    public void A_missing_metric_is_never_a_pass()
    {
        var missing = new MissingMeasurement(MissingReason.NoReading, 6, 6);

        Expect(GateOutcome.NotJudged, "missing-metric", Judge(Run()));
        var result = Judge(Run(Nothing(MetricId.Cpu, missing)));
        Expect(GateOutcome.NotJudged, "missing-metric", result);
        Assert.Equal(new GateReason.MissingMetric(missing), result.Reason);
    }

    [Fact]
    public void An_arm_that_did_something_else_is_never_a_pass()
    {
        var run = Run(Change(-0.01, 0.02));
        var fault = new FaultyArm("on.head", ArmState.Broken, new ArmFault(ArmFaultKind.NothingExported, 0, 1000, 12));

        Expect(GateOutcome.NotJudged, "faulty-arm", Judge(run with { Pairs = [run.Pairs[0] with { Fault = fault }] }));
    }

    [Theory]
    [InlineData(NightEnd.BaselineNotBuilt)]
    [InlineData(NightEnd.HeadNotBuilt)]
    [InlineData(NightEnd.TargetFailed)]
    [InlineData(NightEnd.Interrupted)]
    [InlineData(NightEnd.StorageFailed)]
    [InlineData(NightEnd.Voided)]
    public void A_night_that_measured_nothing_is_never_a_pass(NightEnd end)
    {
        var result = Judge(first: null, end: end);

        Expect(GateOutcome.NotJudged, "nothing-measured", result);
        Assert.Equal(new GateReason.NothingMeasured(end), result.Reason);
    }

    [Fact]
    public void A_suspect_is_not_confirmed_by_what_cannot_be_judged()
    {
        var again = Run(Change(0.04, 0.06));

        Expect(GateOutcome.NotJudged, "other-machine", Judge(s_suspect, again with { Machine = Machine with { Kernel = "6.9" } }));
        Expect(GateOutcome.NotJudged, "not-trusted", Judge(s_suspect, again with { Trust = TrustLevel.Untrusted }));
        Expect(GateOutcome.NotJudged, "missing-arm", Judge(s_suspect, again with { Pairs = [] }));
        Expect(GateOutcome.NotJudged, "missing-metric", Judge(s_suspect, Run()));
        Expect(GateOutcome.Undecided, "control-moved", Judge(s_suspect, again with { Control = [Change(0.04, 0.06, verdict: Verdict.Slower)] }));
    }

    // The control of CPU moved: the baseline measured twice differs from itself.
    [Theory]
    [InlineData(0.031, 0.08)]
    [InlineData(-0.01, 0.02)]
    [InlineData(-0.08, -0.04)]
    public void Nothing_is_claimed_about_a_metric_whose_control_moved(double low, double high) =>
        Expect(GateOutcome.Undecided, "control-moved", Judge(Run(Change(low, high)) with { Control = [Change(0.04, 0.06, verdict: Verdict.Slower)] }));

    // Response times spread most: their control must lie within what is claimed, here the 10 % of the threshold.
    [Theory]
    [InlineData(-0.05, 0.05, GateOutcome.Passed, "within-threshold")]
    [InlineData(-0.30, 0.40, GateOutcome.Undecided, "control-moved")]
    public void A_response_time_passes_only_where_its_control_bears_the_claim(double low, double high, GateOutcome outcome, string code) =>
        Expect(
            outcome,
            code,
            Judge(Run(Change(-0.02, 0.04, MetricId.P99)) with { Control = [Change(low, high, MetricId.P99)] }, policy: Policy(metrics: [MetricId.P99])));

    [Theory]
    [InlineData(GateAction.Block, GateAction.Warn, GateAction.Warn, GateOutcome.Regressed)]
    [InlineData(GateAction.Warn, GateAction.Block, GateAction.Warn, GateOutcome.Undecided)]
    [InlineData(GateAction.Warn, GateAction.Warn, GateAction.Block, GateOutcome.NotJudged)]
    public void Only_what_the_policy_says_blocks(GateAction regressed, GateAction undecided, GateAction missing, GateOutcome blocked)
    {
        var policy = Policy(regressed, undecided, missing);
        var results = new[]
        {
            Judge(s_suspect, Run(Change(0.04, 0.06)), policy: policy),
            Judge(Run(Change(-0.2, 0.2)), policy: policy),
            Judge(Run(), policy: policy),
            Judge(Run(Change(-0.01, 0.01)), policy: policy),
            Judge(Run(Change(-0.08, -0.04)), policy: policy),
        };

        Assert.Equal([blocked], results.Where(result => result.Blocks).Select(result => result.Outcome));
    }

    [Fact]
    public void One_metric_that_blocks_is_enough_to_block_a_night()
    {
        var policy = Policy(metrics: [MetricId.Cpu, MetricId.Allocation]);
        var allocation = Change(-0.01, 0.01, MetricId.Allocation);

        Assert.True(Gate.Judge(policy, Night(Run(Change(0.031, 0.08), allocation), Run(Change(0.04, 0.06), allocation))).IsBlocked);
        Assert.False(Gate.Judge(policy, Night(Run(Change(-0.01, 0.01), allocation))).IsBlocked);
    }

    [Fact]
    public void The_worst_metric_decides_the_outcome_of_a_night()
    {
        Assert.Equal(GateOutcome.Passed, Outcome(Change(-0.01, 0.01), Change(-0.01, 0.01, MetricId.Allocation)));
        Assert.Equal(GateOutcome.Improved, Outcome(Change(-0.01, 0.01), Change(-0.09, -0.05, MetricId.Allocation)));
        Assert.Equal(GateOutcome.Undecided, Outcome(Change(-0.2, 0.2), Change(-0.09, -0.05, MetricId.Allocation)));
        Assert.Equal(GateOutcome.NotJudged, Outcome(Change(-0.2, 0.2)));
        Assert.Equal(GateOutcome.Regressed, Gate.Judge(
            Policy(metrics: [MetricId.Cpu, MetricId.Allocation]),
            Night(s_suspect, Run(Change(0.05, 0.06)))).Outcome);
        Assert.Equal(GateOutcome.NotJudged, new GateResult([], Gate.Judge(Policy(), Night(first: null)).TrackRecord).Outcome);

        static GateOutcome Outcome(params MetricComparison[] comparisons) =>
            Gate.Judge(Policy(metrics: [MetricId.Cpu, MetricId.Allocation]), Night(Run(comparisons))).Outcome;
    }

    [Fact]
    public void Suspects_are_the_arms_with_a_proven_increase_in_a_metric_of_the_policy()
    {
        Assert.Equal(["on"], Gate.Suspects(Policy(), s_suspect));
        Assert.Empty(Gate.Suspects(Policy(), Run(Change(0.02, 0.08))));
        Assert.Equal(["on"], Gate.Suspects(Policy(metrics: [MetricId.Cpu, MetricId.Allocation]), Run(Change(0.031, 0.08), Change(-0.01, 0.01, MetricId.Allocation))));
        Assert.Empty(Gate.Suspects(Policy(metrics: [MetricId.Allocation]), s_suspect));
        Assert.Empty(Gate.Suspects(Policy(), s_suspect with { Trust = TrustLevel.Untrusted }));
    }

    private static void Expect(GateOutcome outcome, string code, GateMetricResult result) =>
        Assert.Equal((outcome, code), (result.Outcome, result.Reason.Code));
}
