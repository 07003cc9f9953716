using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Thresholds;

public class TrustGateTests
{
    [Fact]
    public void An_untrusted_run_proves_and_violates_nothing()
    {
        // The control is 10 % slower than the baseline that it repeats.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", 0.00044) : ThresholdRun.WithCpu(i, arm));

        Assert.Equal(TrustLevel.Untrusted, analysis.Trust.Level);
        Assert.Equal("overhead(cpu)<5% is not decided for low, high.", analysis.Judge("overhead(cpu)<5%").Sentence);
        Assert.Equal(
            "overhead(cpu)<5% is not decided for high: CPU per request +20.4 % (20.1 to 20.6), but the run is UNTRUSTED and decides nothing.",
            analysis.Judge("overhead(cpu)<5% for high").Sentence);
        Assert.Equal(ThresholdOutcome.NotDecided, analysis.Judge("p(99)<4").Outcome);
        Assert.Equal(ThresholdOutcome.NotDecided, analysis.Judge("errors==0").Outcome);
        Assert.Equal(ThresholdOutcome.NotDecided, analysis.Judge("spans_lost==0").Outcome);
    }

    [Fact]
    public void Without_a_control_nothing_is_proven_or_violated_but_what_was_counted()
    {
        var plan = LabRun.Plan(6, "low");
        var analysis = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Where(arm => arm.Role != ArmRole.Control)] },
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("low", 0.0005)))]);

        Assert.Equal(TrustLevel.Undecided, analysis.Trust.Level);
        Assert.Equal("overhead(cpu)<5% is not decided for low: CPU per request +25.0 % (25.0 to 25.0), but nothing shows that the run can be trusted.", analysis.Judge("overhead(cpu)<5%").Sentence);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("spans_lost==0").Outcome);
    }

    [Fact]
    public void A_control_that_differs_in_one_secondary_metric_takes_the_decision_from_that_metric_only()
    {
        // The control's response times are 2.5 times the baseline's: beyond the 20 % that matter for p99.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", p50Seconds: 0.0025) : ThresholdRun.WithCpu(i, arm));

        Assert.Equal(TrustLevel.Trusted, analysis.Trust.Level);
        Assert.Equal(
            "overhead(p(99))<10% is not decided for low: p99 response time 0 % (0 to 0), but the same configuration measured twice differs by +150 % (150 to 150).",
            analysis.Judge("overhead(p(99))<10% for low").Sentence);
        Assert.Equal(ThresholdOutcome.NotDecided, analysis.Judge("p(99)<4 for low").Outcome);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("overhead(cpu)<5% for low").Outcome);
    }

    [Fact]
    public void A_limited_run_decides_by_its_intervals()
    {
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", 0.0004 * (0.94 + (0.02 * i))) : ThresholdRun.WithCpu(i, arm));

        Assert.Equal(TrustLevel.Limited, analysis.Trust.Level);
        Assert.Equal(ThresholdOutcome.Violated, analysis.Judge("overhead(cpu)<5%").Outcome);
    }

    [Fact]
    public void Lost_spans_violate_though_they_are_what_makes_the_run_untrusted()
    {
        var analysis = Ledgers("high", LabRun.Ledger(4_000, 3_998));

        Assert.Equal(TrustLevel.Untrusted, analysis.Trust.Level);
        Assert.Equal("spans_lost==0 is violated by high: 24,000 spans were sampled and 23,988 arrived.", analysis.Judge("spans_lost==0 for high").Sentence);
        Assert.Equal("spans_lost==0 is violated by high; is not decided for off, low.", analysis.Judge("spans_lost==0").Sentence);
    }

    [Fact]
    public void Few_enough_lost_spans_do_not_pass_in_a_run_that_they_make_untrusted() =>
        Assert.Equal(
            "spans_lost<100 is not decided for high: 24,000 spans were sampled and 23,988 arrived, but the run is UNTRUSTED and decides nothing.",
            Ledgers("high", LabRun.Ledger(4_000, 3_998)).Judge("spans_lost<100 for high").Sentence);

    [Fact]
    public void Spans_that_all_arrived_prove_that_none_was_lost() =>
        Assert.Equal("spans_lost==0 holds for high: 24,000 spans were sampled and 24,000 arrived.", Ledgers("high", LabRun.Ledger(4_000, 4_000)).Judge("spans_lost==0 for high").Sentence);

    [Fact]
    public void Spans_that_nobody_counted_prove_nothing()
    {
        var result = Ledgers("high", LabRun.Ledger(null, 4_000)).Judge("spans_lost==0");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal("spans_lost==0 is not decided for high: lost spans were not measured (the target did not say what it sampled).", result.Arms[2].Sentence);
    }

    [Fact]
    public void More_spans_than_were_sampled_prove_nothing() =>
        Assert.Equal(
            "spans_lost==0 is not decided for high: 24,000 spans were sampled and 24,006 arrived, so the ledger does not balance.",
            Ledgers("high", LabRun.Ledger(4_000, 4_001)).Judge("spans_lost==0 for high").Sentence);

    private static RunAnalysis Ledgers(string name, SpanLedger ledger) =>
        ThresholdRun.Analyze((_, arm) => arm.Arm == name ? arm with { Spans = ledger } : arm);
}
