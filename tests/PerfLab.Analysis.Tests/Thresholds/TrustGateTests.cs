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
    public void Lost_spans_violate_and_leave_the_other_arms_decided()
    {
        var analysis = Ledgers("high", LabRun.Ledger(4_000, 3_998));

        Assert.Equal(TrustLevel.Trusted, analysis.Trust.Level);
        Assert.Equal("spans_lost==0 is violated by high: 24,000 spans were sampled and 23,988 arrived.", analysis.Judge("spans_lost==0 for high").Sentence);
        Assert.Equal("spans_lost==0 is violated by high; holds for off, low.", analysis.Judge("spans_lost==0").Sentence);
    }

    [Theory]
    [InlineData("spans_lost<100", "spans_lost<100 holds for high: 24,000 spans were sampled and 23,988 arrived.")]
    [InlineData("spans_lost<0.1%", "spans_lost<0.1% holds for high: 24,000 spans were sampled and 23,988 arrived, 0.05 % lost.")]
    [InlineData("spans_lost<0.01%", "spans_lost<0.01% is violated by high: 24,000 spans were sampled and 23,988 arrived, 0.05 % lost.")]
    public void Few_enough_lost_spans_pass_by_number_and_by_share(string threshold, string sentence) =>
        Assert.Equal(sentence, Ledgers("high", LabRun.Ledger(4_000, 3_998)).Judge(threshold + " for high").Sentence);

    [Fact]
    public void An_arm_that_lost_more_than_a_thousandth_decides_nothing_but_how_much_it_lost()
    {
        var analysis = Ledgers("high", LabRun.Ledger(4_000, 3_960));

        Assert.Equal(
            "overhead(cpu)<5% is not decided for high: CPU per request 0 % (0 to 0), but high lost 1 % of its spans (240 of 24,000), so that its cost is a lower bound.",
            analysis.Judge("overhead(cpu)<5% for high").Sentence);
        Assert.Equal("overhead(cpu)<5% is not decided for high; holds for low.", analysis.Judge("overhead(cpu)<5%").Sentence);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("spans_lost<2%").Outcome);
    }

    [Fact]
    public void A_broken_arm_decides_nothing()
    {
        var analysis = Ledgers("high", LabRun.Ledger(null, 0));

        Assert.Equal(
            "overhead(cpu)<90% is not decided for high: CPU per request 0 % (0 to 0), but high is broken: it exported nothing in 6 launch sets.",
            analysis.Judge("overhead(cpu)<90% for high").Sentence);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("overhead(cpu)<90% for low").Outcome);
    }

    [Fact]
    public void Nothing_is_decided_against_a_broken_baseline()
    {
        var plan = LabRun.Plan(6, "low");
        var analysis = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Select(arm => arm.Role == ArmRole.Baseline ? arm with { Environment = new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" } } : arm)] },
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off") with { Spans = LabRun.Ledger(100, 100) }, LabRun.Arm("off'"), LabRun.Arm("low")))]);

        Assert.EndsWith("but off is broken: it exported 600 spans although it is told to export none.", analysis.Judge("overhead(cpu)<5%").Sentence, StringComparison.Ordinal);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("p(99)<4 for low").Outcome);
    }

    [Theory]
    [InlineData("overhead(p50)<10%")]
    [InlineData("overhead(p50)<50%")]
    public void A_control_that_spreads_beyond_a_response_time_limit_leaves_it_undecided(string threshold)
    {
        // The control's median lies between 0.4 and 1.4 ms where the baseline's is 1 ms: no verdict, and an interval of -60 to +40 %.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", p50Seconds: 0.0002 * (1 + i)) : arm);

        Assert.Contains("but the same configuration measured twice differs by", analysis.Judge(threshold + " for low").Sentence, StringComparison.Ordinal);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("overhead(p50)<80% for low").Outcome);
    }

    [Fact]
    public void A_response_time_is_slower_only_by_more_than_its_control_spreads()
    {
        static Verdict? Of(double p50Seconds) => ThresholdRun
            .Analyze(
                (i, arm) => arm.Arm switch
                {
                    "off'" => LabRun.Arm("off'", p50Seconds: 0.0002 * (1 + i)),
                    "low" => LabRun.Arm("low", p50Seconds: p50Seconds),
                    _ => arm,
                },
                launchSets: 8)
            .Metric("low", Experiments.MetricId.P50).Verdict;

        Assert.Equal(Verdict.Inconclusive, Of(0.0013));
        Assert.Equal(Verdict.Slower, Of(0.002));
    }

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
