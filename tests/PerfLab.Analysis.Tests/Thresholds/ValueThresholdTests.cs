using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Thresholds;

public class ValueThresholdTests
{
    [Theory]
    [InlineData("p(99)<4", ThresholdOutcome.Proven, "p(99)<4 holds for low: p99 response time 3.12 ms (3.04 to 3.19).")]
    [InlineData("p(99)<3.1", ThresholdOutcome.NotDecided, "p(99)<3.1 is not decided for low: p99 response time 3.12 ms (3.04 to 3.19), which reaches across the limit.")]
    [InlineData("p(99)<3", ThresholdOutcome.Violated, "p(99)<3 is violated by low: p99 response time 3.12 ms (3.04 to 3.19).")]
    public void A_percentile_is_judged_by_the_interval_of_its_values_over_launch_sets(string text, ThresholdOutcome outcome, string sentence)
    {
        // Medians of 1.014 to 1.064 ms; a hand-made p99 is three times its median. Of the 21 Walsh averages of 1.014 ... 1.064
        // the middle one is 1.039, times three is 3.117.
        var result = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" ? LabRun.Arm("low", p50Seconds: 0.001 * (1.004 + (i * 0.01))) : arm).Judge(text + " for low");

        Assert.Equal(sentence, result.Sentence);
        Assert.Equal(outcome, result.Outcome);
    }

    [Fact]
    public void Without_a_list_the_baseline_and_every_variant_is_judged_and_the_control_is_not()
    {
        var result = ThresholdRun.Analyze((_, arm) => arm).Judge("p(99)<4");

        Assert.Equal(["off", "low", "high"], result.Arms.Select(arm => arm.Arm));
        Assert.Equal(ThresholdOutcome.Proven, result.Outcome);
        Assert.Equal("p(99)<4 holds for off, low, high.", result.Sentence);
    }

    [Fact]
    public void A_launch_set_without_the_percentile_leaves_it_undecided()
    {
        var result = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" && i == 2 ? arm with { ResponseTime = null } : arm).Judge("p(99)<4");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal("p(99)<4 is not decided for low; holds for off, high.", result.Sentence);
        Assert.Equal("p(99)<4 is not decided for low: p99 response time was not measured (no response time was recorded (1 of 6 launch sets)).", result.Arms[1].Sentence);
    }

    [Fact]
    public void Five_launch_sets_give_no_interval()
    {
        var result = ThresholdRun.Analyze((_, arm) => arm, launchSets: 5).Judge("p(99)<4 for low");

        Assert.Equal("p(99)<4 is not decided for low: p99 response time has no interval (5 launch sets; 6 are needed).", result.Sentence);
    }

    [Fact]
    public void One_launch_set_of_twenty_with_errors_violates_no_error_at_all()
    {
        // The interval of the centre is 0 to 0 here, and by it alone the threshold would be proven.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" && i == 7 ? WithErrors(arm, 1) : arm, launchSets: 20);

        Assert.Equal("errors==0 is violated by low: errors in 1 of 20 launch sets.", analysis.Judge("errors==0 for low").Sentence);
        Assert.Equal(ThresholdOutcome.Violated, analysis.Judge("errors<=0").Outcome);
        Assert.Equal("errors==0 holds for off: errors 0 % (0 to 0).", analysis.Judge("errors==0 for off").Sentence);
    }

    [Fact]
    public void A_share_of_errors_is_judged_by_its_interval()
    {
        // 10 slices with 2 errors of 100 requests each are 2 %.
        var analysis = ThresholdRun.Analyze((_, arm) => arm.Arm == "low" ? WithErrors(arm, 2) : arm);

        Assert.Equal("rate<0.01 is violated by low: errors 2.0 % (2.0 to 2.0).", analysis.Judge("rate<0.01 for low").Sentence);
        Assert.Equal(ThresholdOutcome.Proven, analysis.Judge("errors<3%").Outcome);
    }

    [Theory]
    [InlineData("p(95)<4", "p(95)<4 is not decided: p(95) is not kept for every launch set of a scenario. Use one of: p(50), p(90), p(99), p(99.9).")]
    [InlineData("rps>5 for low", "rps>5 for low is not decided: rps is fixed by a scenario's plan, and a launch set that misses its rate is void. Use it with the load verb.")]
    public void What_a_run_cannot_judge_is_not_decided(string text, string sentence)
    {
        var result = ThresholdRun.Analyze((_, arm) => arm).Judge(text);

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal(sentence, result.Sentence);
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
