using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Thresholds;

public class OverheadThresholdTests
{
    [Fact]
    public void An_interval_wholly_below_the_limit_proves_and_one_wholly_above_violates()
    {
        var result = ThresholdRun.Analyze(ThresholdRun.WithCpu).Judge("overhead(cpu)<5%");

        Assert.Equal(ThresholdOutcome.Violated, result.Outcome);
        Assert.Equal([("low", ThresholdOutcome.Proven), ("high", ThresholdOutcome.Violated)], result.Arms.Select(arm => (arm.Arm, arm.Outcome)));
        Assert.All(result.Arms, arm => Assert.Null(arm.Obstacle));
        Assert.Equal(0.0112, result.Arms[0].Evidence.Measured!.Low, 6);
        Assert.Equal(0.2062, result.Arms[1].Evidence.Measured!.High, 6);
    }

    [Fact]
    public void An_interval_across_the_limit_decides_nothing()
    {
        var result = ThresholdRun.Analyze(ThresholdRun.WithCpu).Judge("overhead(cpu)<1.35% for low");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal(new ThresholdObstacle.ReachesAcrossLimit(), Assert.Single(result.Arms).Obstacle);
        Assert.Equal(0.0162, result.Arms[0].Evidence.Measured!.High, 6);
    }

    [Fact]
    public void Only_the_arms_named_are_judged()
    {
        var result = ThresholdRun.Analyze(ThresholdRun.WithCpu).Judge("overhead(cpu)<5% for low");

        Assert.Equal("low", Assert.Single(result.Arms).Arm);
        Assert.Equal(ThresholdOutcome.Proven, result.Outcome);
        Assert.Equal("overhead(cpu)<5% for low", result.Threshold.Text);
    }

    [Fact]
    public void An_unknown_arm_passes_nothing_and_hides_no_violation()
    {
        var analysis = ThresholdRun.Analyze(ThresholdRun.WithCpu);

        var alone = analysis.Judge("overhead(cpu)<5% for lwo");
        Assert.Equal(ThresholdOutcome.NotDecided, alone.Outcome);
        Assert.Equal([new("lwo", ThresholdOutcome.NotDecided, new ThresholdEvidence.NoSuchArm())], alone.Arms);
        Assert.Equal(ThresholdOutcome.NotDecided, analysis.Judge("overhead(cpu)<5% for lwo, low").Outcome);
        Assert.Equal(ThresholdOutcome.Violated, analysis.Judge("overhead(cpu)<5% for lwo, high").Outcome);
    }

    [Fact]
    public void The_baseline_has_no_overhead() =>
        Assert.Equal(
            [new("off", ThresholdOutcome.NotDecided, new ThresholdEvidence.NoChange(MetricId.Cpu, null))],
            ThresholdRun.Analyze(ThresholdRun.WithCpu).Judge("overhead(cpu)<5% for off").Arms);

    [Fact]
    public void What_was_not_measured_is_not_decided_with_the_reason()
    {
        var result = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" && i == 3 ? arm with { ResponseTime = null } : arm).Judge("overhead(p(99))<10% for low");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal(new ThresholdEvidence.NoChange(MetricId.P99, new MissingMeasurement(MissingReason.NoResponseTime, 6, 1)), Assert.Single(result.Arms).Evidence);
    }

    [Fact]
    public void Too_few_launch_sets_decide_nothing()
    {
        var result = ThresholdRun.Analyze(ThresholdRun.WithCpu, launchSets: 5).Judge("overhead(cpu)<5% for low");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal(new ThresholdEvidence.NoChange(MetricId.Cpu, new MissingMeasurement(MissingReason.TooFewLaunchSets, 5)), Assert.Single(result.Arms).Evidence);
    }

    [Fact]
    public void A_run_that_measured_nothing_decides_nothing()
    {
        foreach (var text in new[] { "overhead(cpu)<5%", "overhead(allocation)!=5%", "p(99)<200", "p(99)>0", "errors==0", "errors<1%", "spans_lost==0" })
        {
            Assert.Equal(ThresholdOutcome.NotDecided, ThresholdRun.Analyze((_, arm) => arm, launchSets: 0).Judge(text).Outcome);
        }
    }

    [Fact]
    public void A_run_without_variants_has_nothing_to_judge()
    {
        var analysis = LabRun.Analyze(LabRun.Plan(6), [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'")))]);

        Assert.Equal(ThresholdOutcome.NotDecided, analysis.Judge("overhead(cpu)<5%").Outcome);
        Assert.Empty(analysis.Judge("overhead(cpu)<5%").Arms);
    }
}
