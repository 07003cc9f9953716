using PerfLab.Analysis.Noise;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics.Tests;

namespace PerfLab.Analysis.Tests;

public class NoiseAnalyzerTests
{
    [Fact]
    public void Comparisons_share_neither_an_arm_nor_a_launch_set()
    {
        // 9 arms are 4 pairs, 20 launch sets are 3 blocks of 6.
        var profile = Measure(launchSets: 20, arms: 9);

        Assert.Equal(12, profile.Comparisons);
        Assert.Equal(6, profile.ComparisonLaunchSets);
        Assert.Equal((9, 20), (profile.Arms, profile.LaunchSets));
        Assert.Equal(12, profile.Metric(MetricId.Cpu).Comparisons);
    }

    [Fact]
    public void Arms_that_start_another_program_are_not_identical()
    {
        var plan = NoiseRun.Plan(launchSets: 12, arms: 4);
        var other = plan with { Arms = [.. plan.Arms.Select((arm, index) => index == 3 ? arm with { Program = new ArmProgram(["next"], null) } : arm)] };
        var same = plan with { Arms = [.. plan.Arms.Select(arm => arm with { Program = new ArmProgram(["next"], null) })] };
        var launches = NoiseRun.Launches(plan, seed: 1);

        Assert.Null(NoiseAnalyzer.Measure(LabRun.Manifest, other, launches));
        Assert.NotNull(NoiseAnalyzer.Measure(LabRun.Manifest, same, launches));
    }

    // 3,600 comparisons of identical arms: at 1 / 32 about 112.5 alarms, with a standard deviation of 10.4; four of these.
    [Fact]
    public void False_alarms_come_as_often_as_the_exact_interval_allows()
    {
        Simulations.SkipWhereUnwanted();
        var alarms = Enumerable.Range(1, 30).Sum(seed => Measure(launchSets: 60, arms: 24, seed).Metric(MetricId.Cpu).FalseAlarms);

        Assert.InRange(alarms, 112 - 42, 113 + 42);
        Assert.Equal(1 / 32.0, Measure(6, 4).AllowedFalseAlarmRatio);
    }

    [Fact]
    public void The_spread_is_that_of_a_ratio_and_nothing_common_to_a_launch_set_is_in_it()
    {
        var cpu = Measure(launchSets: 60, arms: 8).Metric(MetricId.Cpu);

        // 60 launch sets with 7 degrees of freedom each: the deviation is right within 1 / sqrt(2 * 420), 3.5 %; three of these.
        Assert.InRange(cpu.SpreadRatio!.Value, 0.9 * Math.Sqrt(2) * NoiseRun.Spread, 1.1 * Math.Sqrt(2) * NoiseRun.Spread);
        Assert.Equal(420, cpu.SpreadDegreesOfFreedom);
    }

    [Fact]
    public void An_arm_that_is_not_the_same_after_all_is_an_alarm_beyond_the_threshold()
    {
        var plan = NoiseRun.Plan(6, 4);
        LaunchRecord[] launches = [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, [.. plan.Arms.Select((arm, index) => LabRun.Arm(arm.Name, index == 1 ? 0.00044 : 0.0004))]))];

        var cpu = LabRun.Analyze(plan, launches).MeasuredNoise!.Metric(MetricId.Cpu);

        Assert.Equal((2, 1, 1), (cpu.Comparisons, cpu.FalseAlarms, cpu.BeyondThreshold));
        Assert.InRange(cpu.FalseAlarmRatioHigh!.Value, 0.98, 0.99);
    }

    [Fact]
    public void What_was_not_measured_has_no_rate()
    {
        var plan = NoiseRun.Plan(6, 4);
        LaunchRecord[] launches = [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, [.. plan.Arms.Select(arm => LabRun.Arm(arm.Name, pauseSeconds: 0))]))];

        var pause = LabRun.Analyze(plan, launches).MeasuredNoise!.Metric(MetricId.GcPause);

        Assert.Equal(0, pause.Comparisons);
        Assert.Null(pause.FalseAlarmRatioHigh);
        Assert.Null(pause.SpreadRatio);
        Assert.Equal(MissingReason.ZeroHasNoRatio, pause.Missing?.Reason);
    }

    [Fact]
    public void Only_runs_of_identical_arms_make_a_profile()
    {
        var plan = NoiseRun.Plan(6, 4);
        var different = plan with { Arms = [.. plan.Arms.SkipLast(1), plan.Arms[^1] with { Environment = new Dictionary<string, string> { ["A"] = "1" } }] };

        Assert.NotNull(LabRun.Analyze(plan, NoiseRun.Launches(plan, 1)).MeasuredNoise);
        Assert.Null(LabRun.Analyze(different, NoiseRun.Launches(different, 1)).MeasuredNoise);
        Assert.Null(LabRun.Analyze(plan, NoiseRun.Launches(plan, 1)[..5]).MeasuredNoise);
        Assert.Null(LabRun.Analyze(LabRun.Plan(6), NoiseRun.Launches(LabRun.Plan(6), 1)).MeasuredNoise);
    }

    private static NoiseProfile Measure(int launchSets, int arms, int seed = 20261123)
    {
        Plan plan = NoiseRun.Plan(launchSets, arms);
        return LabRun.Analyze(plan, NoiseRun.Launches(plan, seed)).MeasuredNoise!;
    }
}
