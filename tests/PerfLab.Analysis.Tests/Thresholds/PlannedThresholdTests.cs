using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Tests.Thresholds;

/// <summary>From the plan of a run to its analysis and its summary.</summary>
public class PlannedThresholdTests
{
    [Fact]
    public void The_thresholds_of_the_plan_are_judged()
    {
        var thresholds = Analyze("overhead(cpu)<5% for low", "overhead(cpu)<5%").Thresholds;

        Assert.Equal([ThresholdOutcome.Proven, ThresholdOutcome.Violated], thresholds.Results.Select(result => result.Outcome));
        Assert.Equal(["overhead(cpu)<5% for low", "overhead(cpu)<5%"], thresholds.Results.Select(result => result.Threshold.Text));
        Assert.True(thresholds.Fail(failOnInconclusive: false));
    }

    [Fact]
    public void A_plan_without_thresholds_has_no_outcome() => Assert.Null(Analyze().Thresholds.Outcome);

    [Fact]
    public void A_threshold_that_somebody_wrote_into_the_plan_wrongly_is_told() =>
        Assert.Throws<ThresholdSyntaxException>(() => Analyze("overhead(cpu)<5"));

    private static RunAnalysis Analyze(params string[] thresholds) => LabRun.Analyze(
        LabRun.Plan(ThresholdRun.LaunchSets, "low", "high") with { Thresholds = thresholds },
        [.. Enumerable.Range(1, ThresholdRun.LaunchSets).Select(i => LabRun.Launch(i, [.. new[] { "off", "off'", "low", "high" }.Select(arm => ThresholdRun.WithCpu(i, LabRun.Arm(arm)))]))]);
}
