using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

/// <summary>Response times that a load tool measured.</summary>
public sealed class ToolVerdictTests
{
    private const int LaunchSets = 8;

    [Theory]
    [InlineData("vegeta", Verdict.Slower, null)]
    [InlineData("wrk2", Verdict.Slower, null)]
    [InlineData("hey", Verdict.Invalid, UndecidedReason.NotFromIntendedStart)]
    [InlineData("wrk", Verdict.Invalid, UndecidedReason.NotFromIntendedStart)]
    public void Only_a_tool_that_counts_from_the_intended_start_judges_a_response_time(string tool, Verdict verdict, UndecidedReason? reason)
    {
        var comparison = Compare(new GeneratorDefinition(tool), baseline: 0.010, arm: 0.012);

        Assert.Equal((verdict, reason), (comparison.Verdict, comparison.Undecided?.Reason));
        Assert.NotNull(comparison.Ratio);
        Assert.Equal(verdict == Verdict.Slower, comparison.IsDetected);
    }

    // 12 to 12.5 ms is 4 %, and half of what autocannon can show.
    [Fact]
    public void A_difference_below_the_resolution_is_not_claimed()
    {
        var comparison = Compare(new GeneratorDefinition("autocannon"), baseline: 0.012, arm: 0.0125, threshold: 0.02);

        Assert.Equal((Verdict.Inconclusive, UndecidedReason.BelowResolution), (comparison.Verdict, comparison.Undecided!.Reason));
        Assert.False(comparison.IsDetected);
        Assert.Equal(Verdict.Slower, Compare(new GeneratorDefinition("vegeta"), baseline: 0.012, arm: 0.0125, threshold: 0.02).Verdict);
    }

    // 5 % of 4 ms are 0.2 ms, and of 40 ms they are 2 ms.
    [Theory]
    [InlineData(0.004, Verdict.Inconclusive)]
    [InlineData(0.040, Verdict.Same)]
    public void Same_is_not_said_where_the_practical_threshold_is_below_the_resolution(double seconds, Verdict verdict) =>
        Assert.Equal(verdict, Compare(new GeneratorDefinition("autocannon"), seconds, seconds * 1.001, threshold: 0.05).Verdict);

    [Fact]
    public void Costs_are_judged_with_every_tool() => Assert.Equal(
        Verdict.Slower,
        MetricOf(LabRun.Analyze(LabRun.Plan(LaunchSets, "on") with { Generator = new GeneratorDefinition("wrk") }, [.. Enumerable.Range(1, LaunchSets).Select(number =>
            LabRun.Launch(number, LabRun.Arm("off", cpuSeconds: 0.0004), LabRun.Arm("off'", cpuSeconds: 0.0004), LabRun.Arm("on", cpuSeconds: 0.0005 + (number * 1e-7))))]), MetricId.Cpu).Verdict);

    [Fact]
    public void Percentiles_of_windows_are_not_merged_their_median_stands_for_them()
    {
        // The maximum would be 9 ms, and a mean 4 ms.
        var arm = OfWindows([new(50, 0.001), new(99, 0.002)], [new(50, 0.001), new(99, 0.009)], [new(50, 0.001), new(99, 0.003)]);

        Assert.Equal(0.003, ResponseTimeSample.Take(arm, 99).Value);
        Assert.Equal(MissingReason.NoPercentile, ResponseTimeSample.Take(arm, 90).MissingReason);
    }

    [Fact]
    public void A_percentile_that_one_window_lacks_is_not_measured() =>
        Assert.Equal(MissingReason.NoPercentile, ResponseTimeSample.Take(OfWindows([new(99, 0.002)], []), 99).MissingReason);

    [Theory]
    [InlineData(100, null)]
    [InlineData(99, MissingReason.TooFewAnswers)]
    public void A_percentile_of_a_window_with_too_few_answers_is_the_longest_of_them_and_not_told(long answers, MissingReason? expected)
    {
        var arm = OfWindows([new(99, 0.002)], [new(99, 0.009)]);

        Assert.Equal(expected, ResponseTimeSample.Take(arm with { Slices = [arm.Slices[0], arm.Slices[1] with { AnsweredCount = answers }] }, 99).MissingReason);
    }

    private static ArmRecord OfWindows(params ReportedPercentile[][] windows)
    {
        var arm = LabRun.Arm("off");
        return arm with
        {
            ResponseTime = null,
            Slices = [.. windows.Select((window, index) => arm.Slices[index] with { Generator = new GeneratorWindow(300, window) })],
        };
    }

    private static MetricComparison Compare(GeneratorDefinition generator, double baseline, double arm, double threshold = 0.05)
    {
        var plan = LabRun.Plan(LaunchSets, "on");
        var thresholds = plan.PracticalThresholds.ToDictionary();
        thresholds[MetricId.P50] = threshold;

        // A microsecond from launch set to launch set, so that no two are equal.
        return MetricOf(LabRun.Analyze(plan with { Generator = generator, PracticalThresholds = thresholds }, [.. Enumerable.Range(1, LaunchSets).Select(number => LabRun.Launch(
            number,
            LabRun.Arm("off", p50Seconds: baseline + (number * 1e-6)),
            LabRun.Arm("off'", p50Seconds: baseline + (number * 1e-6) + (number % 2 == 0 ? 1e-7 : -1e-7)),
            LabRun.Arm("on", p50Seconds: arm + (number * 1.1e-6))))]), MetricId.P50);
    }

    private static MetricComparison MetricOf(RunAnalysis analysis, MetricId metric) => analysis.Arms.Single(arm => arm.Name == "on").Metrics.Single(comparison => comparison.Metric == metric);
}
