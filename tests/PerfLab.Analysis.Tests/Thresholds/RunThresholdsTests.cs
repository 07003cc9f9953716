using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Tests.Thresholds;

public class RunThresholdsTests
{
    [Theory]
    [InlineData(ThresholdOutcome.Proven, false, false)]
    [InlineData(ThresholdOutcome.Proven, true, false)]
    [InlineData(ThresholdOutcome.NotDecided, false, false)]
    [InlineData(ThresholdOutcome.NotDecided, true, true)]
    [InlineData(ThresholdOutcome.Violated, false, true)]
    [InlineData(ThresholdOutcome.Violated, true, true)]
    public void A_violation_fails_and_what_is_not_decided_fails_on_demand(ThresholdOutcome outcome, bool failOnInconclusive, bool fails)
    {
        var proven = new RunThresholdResult(Threshold.Parse("errors==0"), ThresholdOutcome.Proven, []);

        Assert.Equal(fails, new RunThresholds([proven, proven with { Outcome = outcome }]).Fail(failOnInconclusive));
    }

    [Fact]
    public void A_violation_outweighs_what_is_not_decided()
    {
        var thresholds = RunThresholdJudge.Judge(
            [Threshold.Parse("overhead(cpu)<5% for low"), Threshold.Parse("overhead(cpu)<1.35% for low"), Threshold.Parse("overhead(cpu)<5%")],
            ThresholdRun.Analyze(ThresholdRun.WithCpu));

        Assert.Equal([ThresholdOutcome.Proven, ThresholdOutcome.NotDecided, ThresholdOutcome.Violated], thresholds.Results.Select(result => result.Outcome));
        Assert.Equal(ThresholdOutcome.Violated, thresholds.Outcome);
    }

    [Fact]
    public void Without_thresholds_there_is_no_outcome_and_nothing_fails()
    {
        var none = RunThresholdJudge.Judge([], ThresholdRun.Analyze(ThresholdRun.WithCpu));

        Assert.Null(none.Outcome);
        Assert.False(none.Fail(failOnInconclusive: true));
    }
}
