using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Thresholds;

public class ValueThresholdTests
{
    [Theory]
    [InlineData("p(99)<4", ThresholdOutcome.Proven)]
    [InlineData("p(99)<3.1", ThresholdOutcome.NotDecided)]
    [InlineData("p(99)<3", ThresholdOutcome.Violated)]
    public void A_percentile_is_judged_by_the_interval_of_its_values_over_launch_sets(string text, ThresholdOutcome outcome)
    {
        // Medians of 1.014 to 1.064 ms; a hand-made p99 is three times its median. Of the 21 Walsh averages of 1.014 ... 1.064
        // the middle one is 1.039, times three is 3.117.
        var result = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" ? LabRun.Arm("low", p50Seconds: 0.001 * (1.004 + (i * 0.01))) : arm).Judge(text + " for low");

        Assert.Equal(outcome, result.Outcome);
        var arm = Assert.Single(result.Arms);
        var value = Assert.IsType<ThresholdEvidence.Value>(arm.Evidence);
        Assert.Equal(MetricId.P99, value.Metric);
        Assert.Equal(0.003117, value.Center.Estimate, 9);
        Assert.Equal(0.003042, value.Center.Low, 9);
        Assert.Equal(0.003192, value.Center.High, 9);
        Assert.Equal(outcome == ThresholdOutcome.NotDecided ? new ThresholdObstacle.ReachesAcrossLimit() : null, arm.Obstacle);
    }

    [Fact]
    public void Without_a_list_the_baseline_and_every_variant_is_judged_and_the_control_is_not()
    {
        var result = ThresholdRun.Analyze((_, arm) => arm).Judge("p(99)<4");

        Assert.Equal(["off", "low", "high"], result.Arms.Select(arm => arm.Arm));
        Assert.Equal(ThresholdOutcome.Proven, result.Outcome);
        Assert.All(result.Arms, arm => Assert.Equal(ThresholdOutcome.Proven, arm.Outcome));
    }

    [Fact]
    public void A_launch_set_without_the_percentile_leaves_it_undecided()
    {
        var result = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" && i == 2 ? arm with { ResponseTime = null } : arm).Judge("p(99)<4");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal([("off", ThresholdOutcome.Proven), ("low", ThresholdOutcome.NotDecided), ("high", ThresholdOutcome.Proven)], result.Arms.Select(arm => (arm.Arm, arm.Outcome)));
        Assert.Equal(new ThresholdEvidence.NotMeasured(MetricId.P99, new MissingMeasurement(MissingReason.NoResponseTime, 6, 1)), result.Arms[1].Evidence);
    }

    [Fact]
    public void Five_launch_sets_give_no_interval()
    {
        var result = ThresholdRun.Analyze((_, arm) => arm, launchSets: 5).Judge("p(99)<4 for low");

        Assert.Equal([new("low", ThresholdOutcome.NotDecided, new ThresholdEvidence.NoInterval(MetricId.P99, 5, 6))], result.Arms);
    }

    [Fact]
    public void One_launch_set_of_twenty_with_errors_violates_no_error_at_all()
    {
        // The interval of the centre is 0 to 0 here, and by it alone the threshold would be proven.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" && i == 7 ? WithErrors(arm, 1) : arm, launchSets: 20);

        var evidence = Assert.IsType<ThresholdEvidence.Errors>(Assert.Single(analysis.Judge("errors==0 for low").Arms).Evidence);
        Assert.Equal((1, 20, 0, 0), (evidence.AffectedLaunchSets, evidence.LaunchSets, evidence.Share.Low, evidence.Share.High));
        Assert.Equal(ThresholdOutcome.Violated, analysis.Judge("errors<=0").Outcome);
        var off = Assert.Single(analysis.Judge("errors==0 for off").Arms);
        Assert.Equal(ThresholdOutcome.Proven, off.Outcome);
        Assert.Equal((0, 0), (Assert.IsType<ThresholdEvidence.Value>(off.Evidence).Center.Estimate, off.Evidence.Measured!.High));
    }

    [Fact]
    public void A_share_of_errors_is_judged_by_its_interval()
    {
        // 10 slices with 2 errors of 100 requests each are 2 %.
        var analysis = ThresholdRun.Analyze((_, arm) => arm.Arm == "low" ? WithErrors(arm, 2) : arm);

        var low = Assert.Single(analysis.Judge("rate<0.01 for low").Arms);
        Assert.Equal(ThresholdOutcome.Violated, low.Outcome);
        Assert.Equal(0.02, low.Evidence.Measured!.Low, 10);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("errors<3%").Outcome);
    }

    [Theory]
    [InlineData("p(95)<4", "p(95) is not kept for every launch set of a scenario.", "Use one of: p(50), p(90), p(99), p(99.9).")]
    [InlineData("rps>5 for low", "rps is fixed by a scenario's plan, and a launch set that misses its rate is void.", "Use it with the load verb.")]
    public void What_a_run_cannot_judge_is_not_decided(string text, string problem, string advice)
    {
        var result = ThresholdRun.Analyze((_, arm) => arm).Judge(text);

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal(new ThresholdRefusal(problem, advice), result.Refusal);
        Assert.Empty(result.Arms);
    }

    private static ArmRecord WithErrors(ArmRecord arm, long perSlice) => arm with
    {
        Slices = [.. arm.Slices.Select(slice => slice with
        {
            AnsweredCount = slice.OfferedCount - perSlice,
            Errors = new Dictionary<string, long> { ["status"] = perSlice },
        })],
    };
}
