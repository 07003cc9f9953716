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
        var result = analysis.Judge("overhead(cpu)<5%");
        Assert.Equal(["low", "high"], result.Arms.Select(arm => arm.Arm));
        Assert.All(result.Arms, arm => Assert.Equal((ThresholdOutcome.NotDecided, new ThresholdObstacle.Untrusted()), (arm.Outcome, arm.Obstacle)));
        Assert.Equal(0.2012, result.Arms[1].Evidence.Measured!.Low, 6);
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
        var arm = Assert.Single(analysis.Judge("overhead(cpu)<5%").Arms);
        Assert.Equal((ThresholdOutcome.NotDecided, new ThresholdObstacle.TrustNotShown()), (arm.Outcome, arm.Obstacle));
        Assert.Equal(0.25, Assert.IsType<ThresholdEvidence.Change>(arm.Evidence).Ratio.Estimate, 10);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("spans_lost==0").Outcome);
    }

    [Fact]
    public void A_control_that_differs_in_one_secondary_metric_takes_the_decision_from_that_metric_only()
    {
        // The control's response times are 2.5 times the baseline's: beyond the 20 % that matter for p99.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", p50Seconds: 0.0025) : ThresholdRun.WithCpu(i, arm));

        Assert.Equal(TrustLevel.Trusted, analysis.Trust.Level);
        var arm = Assert.Single(analysis.Judge("overhead(p(99))<10% for low").Arms);
        Assert.Equal(ThresholdOutcome.NotDecided, arm.Outcome);
        Assert.Equal(0, Assert.IsType<ThresholdEvidence.Change>(arm.Evidence).Ratio.Estimate, 10);
        Assert.Equal(1.5, Assert.IsType<ThresholdObstacle.ControlMoved>(arm.Obstacle).Ratio.Estimate, 10);
        Assert.Equal(ThresholdOutcome.NotDecided, analysis.Judge("p(99)<4 for low").Outcome);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("overhead(cpu)<5% for low").Outcome);
    }

    // The control is 4 % faster to 6 % slower, 1 % slower in the middle, and not shown to be the same.
    [Theory]
    [InlineData(0.00048, "overhead(cpu)<5%", ThresholdOutcome.Violated)]
    [InlineData(0.00048, "overhead(cpu)<30%", ThresholdOutcome.Proven)]
    [InlineData(0.000402, "overhead(cpu)<5%", ThresholdOutcome.Proven)]
    [InlineData(0.000403, "overhead(cpu)<0.5%", ThresholdOutcome.NotDecided)]
    [InlineData(0.000401, "overhead(cpu)<0.5%", ThresholdOutcome.NotDecided)]
    public void A_limited_run_decides_nothing_that_is_no_larger_than_its_control_moved(double cpuSeconds, string threshold, ThresholdOutcome expected)
    {
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm switch
        {
            "off'" => LabRun.Arm("off'", 0.0004 * (0.94 + (0.02 * i))),
            "low" => LabRun.Arm("low", cpuSeconds),
            _ => arm,
        });

        Assert.Equal(TrustLevel.Limited, analysis.Trust.Level);
        var result = Assert.Single(analysis.Judge(threshold + " for low").Arms);
        Assert.Equal((expected, expected == ThresholdOutcome.NotDecided), (result.Outcome, result.Obstacle is ThresholdObstacle.ControlMoved));
    }

    [Fact]
    public void What_lies_far_beyond_a_limit_is_decided_though_the_control_spreads_over_the_limit()
    {
        // The control's median lies between 0.4 and 1.4 ms, that of the arm at 4 ms, where the baseline's is 1 ms.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm switch
        {
            "off'" => LabRun.Arm("off'", p50Seconds: 0.0002 * (1 + i)),
            "low" => LabRun.Arm("low", p50Seconds: 0.004),
            _ => arm,
        });

        Assert.Equal(ThresholdOutcome.Violated, analysis.Judge("overhead(p50)<10% for low").Outcome);
    }

    [Fact]
    public void Lost_spans_violate_and_leave_the_other_arms_decided()
    {
        var analysis = Ledgers("high", LabRun.Ledger(4_000, 3_998));

        Assert.Equal(TrustLevel.Trusted, analysis.Trust.Level);
        Assert.Equal(
            [new("off", ThresholdOutcome.Proven, new ThresholdEvidence.Spans(0, 0, null)), new("low", ThresholdOutcome.Proven, new ThresholdEvidence.Spans(24_000, 24_000, null)), new("high", ThresholdOutcome.Violated, new ThresholdEvidence.Spans(24_000, 23_988, null))],
            analysis.Judge("spans_lost==0").Arms);
    }

    [Theory]
    [InlineData("spans_lost<100", ThresholdOutcome.Proven, null)]
    [InlineData("spans_lost<0.1%", ThresholdOutcome.Proven, 0.0005)]
    [InlineData("spans_lost<0.01%", ThresholdOutcome.Violated, 0.0005)]
    public void Few_enough_lost_spans_pass_by_number_and_by_share(string threshold, ThresholdOutcome outcome, double? share) =>
        Assert.Equal(
            [new("high", outcome, new ThresholdEvidence.Spans(24_000, 23_988, share))],
            Ledgers("high", LabRun.Ledger(4_000, 3_998)).Judge(threshold + " for high").Arms);

    [Fact]
    public void An_arm_that_lost_more_than_a_thousandth_decides_nothing_but_how_much_it_lost()
    {
        var analysis = Ledgers("high", LabRun.Ledger(4_000, 3_960));

        var arms = analysis.Judge("overhead(cpu)<5%").Arms;
        Assert.Equal([("low", ThresholdOutcome.Proven), ("high", ThresholdOutcome.NotDecided)], arms.Select(arm => (arm.Arm, arm.Outcome)));
        Assert.Equal(new ThresholdObstacle.FaultyArm("high", ArmState.Impaired, new ArmFault(ArmFaultKind.SpansLost, 240, 24_000, 6)), arms[1].Obstacle);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("spans_lost<2%").Outcome);
    }

    [Fact]
    public void A_broken_arm_decides_nothing()
    {
        var analysis = Ledgers("high", LabRun.Ledger(null, 0));

        var arm = Assert.Single(analysis.Judge("overhead(cpu)<90% for high").Arms);
        Assert.Equal((ThresholdOutcome.NotDecided, new ThresholdObstacle.FaultyArm("high", ArmState.Broken, new ArmFault(ArmFaultKind.NothingExported, 0, 24_000, 6))), (arm.Outcome, arm.Obstacle));
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("overhead(cpu)<90% for low").Outcome);
    }

    [Fact]
    public void Nothing_is_decided_against_a_broken_baseline()
    {
        var plan = LabRun.Plan(6, "low");
        var analysis = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Select(arm => arm.Role == ArmRole.Baseline ? arm with { Environment = new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" } } : arm)] },
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off") with { Spans = LabRun.Ledger(100, 100) }, LabRun.Arm("off'"), LabRun.Arm("low")))]);

        var obstacle = Assert.IsType<ThresholdObstacle.FaultyArm>(Assert.Single(analysis.Judge("overhead(cpu)<5%").Arms).Obstacle);
        Assert.Equal(("off", ArmState.Broken, ArmFaultKind.ExportedThoughSilent, 600), (obstacle.Arm, obstacle.State, obstacle.Fault.Kind, obstacle.Fault.Count));
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("p(99)<4 for low").Outcome);
    }

    [Theory]
    [InlineData("overhead(p50)<10%")]
    [InlineData("overhead(p50)<50%")]
    public void A_control_that_spreads_beyond_a_response_time_limit_leaves_it_undecided(string threshold)
    {
        // The control's median lies between 0.4 and 1.4 ms where the baseline's is 1 ms: no verdict, and an interval of -60 to +40 %.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", p50Seconds: 0.0002 * (1 + i)) : arm);

        Assert.IsType<ThresholdObstacle.ControlMoved>(Assert.Single(analysis.Judge(threshold + " for low").Arms).Obstacle);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("overhead(p50)<80% for low").Outcome);
    }

    // The control's working set is 60 to 150 % of the baseline's, its GC pause 20 % to 12 times: more than the arm's change.
    [Theory]
    [InlineData("gc_pause", ThresholdOutcome.NotDecided)]
    [InlineData("working_set", ThresholdOutcome.NotDecided)]
    [InlineData("cpu", ThresholdOutcome.Violated)]
    public void A_metric_that_the_trust_in_the_run_is_not_about_is_held_against_its_own_control(string metric, ThresholdOutcome expected)
    {
        double[] pauses = [0.2, 12, 0.3, 9, 1, 1.1];
        double[] sizes = [0.6, 1.5, 0.7, 1.4, 1, 1.01];
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm switch
        {
            "off'" => Sized(LabRun.Arm("off'", pauseSeconds: 1e-5 * pauses[i - 1]), sizes[i - 1]),
            "low" => Sized(LabRun.Arm("low", cpuSeconds: 0.00048, pauseSeconds: 4.3e-5), 1.12),
            _ => Sized(arm, 1),
        });

        var result = Assert.Single(analysis.Judge($"overhead({metric})<10% for low").Arms);
        Assert.Equal((expected, expected == ThresholdOutcome.NotDecided), (result.Outcome, result.Obstacle is ThresholdObstacle.ControlMoved));
        Assert.NotEqual(Verdict.Slower, analysis.Metric("low", Experiments.MetricId.GcPause).Verdict);
        Assert.NotEqual(Verdict.Slower, analysis.Metric("low", Experiments.MetricId.WorkingSet).Verdict);

        static ArmRecord Sized(ArmRecord arm, double factor) => arm with { ClosingReading = arm.ClosingReading! with { WorkingSetBytes = (long)(90_000_000 * factor) } };
    }

    // One launch set of the control without a collection has no ratio to the baseline.
    [Theory]
    [InlineData(0, ThresholdOutcome.NotDecided)]
    [InlineData(1e-5, ThresholdOutcome.Violated)]
    public void A_control_that_was_not_measured_decides_nothing(double pauseSeconds, ThresholdOutcome expected)
    {
        var analysis = ThresholdRun.Analyze(
            (i, arm) => arm.Arm switch
            {
                "off'" => LabRun.Arm("off'", pauseSeconds: i == 2 ? pauseSeconds : 1e-5),
                "low" => LabRun.Arm("low", pauseSeconds: 4e-5),
                _ => arm,
            },
            launchSets: 8);

        var result = Assert.Single(analysis.Judge("overhead(gc_pause)<10% for low").Arms);
        Assert.Equal((expected, expected == ThresholdOutcome.NotDecided), (result.Outcome, result.Obstacle is ThresholdObstacle.ControlNotMeasured));
        Assert.Equal(expected == ThresholdOutcome.NotDecided, analysis.Metric("low", Experiments.MetricId.GcPause).Undecided?.Reason == UndecidedReason.ControlNotMeasured);
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
        Assert.Equal([new("high", ThresholdOutcome.Proven, new ThresholdEvidence.Spans(24_000, 24_000, null))], Ledgers("high", LabRun.Ledger(4_000, 4_000)).Judge("spans_lost==0 for high").Arms);

    [Fact]
    public void Spans_that_nobody_counted_prove_nothing()
    {
        var result = Ledgers("high", LabRun.Ledger(null, 4_000)).Judge("spans_lost==0");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal(new("high", ThresholdOutcome.NotDecided, new ThresholdEvidence.SpansNotCounted()), result.Arms[2]);
    }

    [Fact]
    public void More_spans_than_were_sampled_prove_nothing() =>
        Assert.Equal(
            [new("high", ThresholdOutcome.NotDecided, new ThresholdEvidence.Spans(24_000, 24_006, null), new ThresholdObstacle.LedgerUnbalanced())],
            Ledgers("high", LabRun.Ledger(4_000, 4_001)).Judge("spans_lost==0 for high").Arms);

    private static RunAnalysis Ledgers(string name, SpanLedger ledger) =>
        ThresholdRun.Analyze((_, arm) => arm.Arm == name ? arm with { Spans = ledger } : arm);
}
