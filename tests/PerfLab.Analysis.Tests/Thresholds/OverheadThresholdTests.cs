using PerfLab.Analysis.Thresholds;

namespace PerfLab.Analysis.Tests.Thresholds;

public class OverheadThresholdTests
{
    [Fact]
    public void An_interval_wholly_below_the_limit_proves_and_one_wholly_above_violates()
    {
        var result = ThresholdRun.Analyze(ThresholdRun.WithCpu).Judge("overhead(cpu)<5%");

        Assert.Equal(ThresholdOutcome.Violated, result.Outcome);
        Assert.Equal("overhead(cpu)<5% is violated by high; holds for low.", result.Sentence);
        Assert.Equal(
            [
                "overhead(cpu)<5% holds for low: CPU per request +1.4 % (1.1 to 1.6).",
                "overhead(cpu)<5% is violated by high: CPU per request +20.4 % (20.1 to 20.6).",
            ],
            result.Arms.Select(arm => arm.Sentence));
        Assert.Equal(0.0112, result.Arms[0].Measured!.Low, 6);
    }

    [Fact]
    public void An_interval_across_the_limit_decides_nothing()
    {
        var result = ThresholdRun.Analyze(ThresholdRun.WithCpu).Judge("overhead(cpu)<1.35% for low");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal("overhead(cpu)<1.35% is not decided for low: CPU per request +1.4 % (1.1 to 1.6), which reaches across the limit.", result.Sentence);
    }

    [Fact]
    public void Only_the_arms_named_are_judged()
    {
        var result = ThresholdRun.Analyze(ThresholdRun.WithCpu).Judge("overhead(cpu)<5% for low");

        Assert.Equal("low", Assert.Single(result.Arms).Arm);
        Assert.Equal(ThresholdOutcome.Proven, result.Outcome);
        Assert.Equal("overhead(cpu)<5% for low", result.Threshold);
    }

    [Fact]
    public void An_unknown_arm_passes_nothing_and_hides_no_violation()
    {
        var analysis = ThresholdRun.Analyze(ThresholdRun.WithCpu);

        var alone = analysis.Judge("overhead(cpu)<5% for lwo");
        Assert.Equal(ThresholdOutcome.NotDecided, alone.Outcome);
        Assert.Equal("overhead(cpu)<5% is not decided for lwo: the run has no arm of this name.", alone.Sentence);
        Assert.Equal(ThresholdOutcome.NotDecided, analysis.Judge("overhead(cpu)<5% for lwo, low").Outcome);
        Assert.Equal(ThresholdOutcome.Violated, analysis.Judge("overhead(cpu)<5% for lwo, high").Outcome);
    }

    [Fact]
    public void The_baseline_has_no_overhead() =>
        Assert.Equal(
            "overhead(cpu)<5% is not decided for off: CPU per request has no interval (nothing to compare it with).",
            ThresholdRun.Analyze(ThresholdRun.WithCpu).Judge("overhead(cpu)<5% for off").Sentence);

    [Fact]
    public void What_was_not_measured_is_not_decided_with_the_reason()
    {
        var result = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" && i == 3 ? arm with { ResponseTime = null } : arm).Judge("overhead(p(99))<10% for low");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Equal("overhead(p(99))<10% is not decided for low: p99 response time has no interval (no response time was recorded (1 of 6 launch sets)).", result.Sentence);
    }

    [Fact]
    public void Too_few_launch_sets_decide_nothing()
    {
        var result = ThresholdRun.Analyze(ThresholdRun.WithCpu, launchSets: 5).Judge("overhead(cpu)<5% for low");

        Assert.Equal(ThresholdOutcome.NotDecided, result.Outcome);
        Assert.Contains("5 launch sets; a 95 % interval needs 6", result.Sentence, StringComparison.Ordinal);
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
        Assert.Equal("overhead(cpu)<5% is not decided: the run has no arm to judge.", analysis.Judge("overhead(cpu)<5%").Sentence);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_culture_of_the_machine_changes_no_sentence(string culture) => LabRun.InCulture(culture, () =>
        Assert.Equal(
            "overhead(cpu)<1.35% is not decided for low: CPU per request +1.4 % (1.1 to 1.6), which reaches across the limit.",
            ThresholdRun.Analyze(ThresholdRun.WithCpu).Judge("overhead(cpu)<1.35% for low").Sentence));
}
