using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Findings;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Tests;

public class LaunchSetSizingTests
{
    private static readonly PrecisionGoal[] TwoPercent = [new(MetricId.Cpu, 0.02)];

    [Fact]
    public void A_profile_fixes_the_number_before_anything_is_measured()
    {
        var profile = Profile(0.02);
        var sizing = new LaunchSetSizing(TwoPercent, profile, 6);

        var plan = sizing.Choose(LabRun.Plan(1000, "on"), [], 1000);

        Assert.Equal(0, sizing.PilotLaunchSets);
        Assert.Equal(SignedRankPower.SampleSize(Math.Log(1.02), 0.02), plan.LaunchSets);
        Assert.True(plan.Sizing!.IsReached);
        Assert.Equal(("20261101-120000-sampling-abcd", null, null), (plan.Sizing.NoiseProfileRunId, plan.Sizing.PilotLaunchSets, plan.Sizing.Source));
        var goal = Assert.Single(plan.Sizing.Goals);
        Assert.Equal((MetricId.Cpu, 0.02, 0.02), (goal.Metric, goal.WantedRatio, goal.SpreadRatio));
        Assert.InRange(goal.DetectableRatio!.Value, 0.0145, 0.0205);
    }

    [Fact]
    public void A_budget_that_is_too_short_is_told_with_what_it_would_take()
    {
        var plan = new LaunchSetSizing([new(MetricId.Cpu, 0.005)], Profile(0.02), 6).Choose(LabRun.Plan(1000, "on"), [], 12);

        Assert.Equal(12, plan.LaunchSets);
        Assert.False(plan.Sizing!.IsReached);
        var goal = Assert.Single(plan.Sizing.Goals);
        Assert.InRange(goal.NeededLaunchSets!.Value, 100, 199);
        Assert.Equal(12, plan.Sizing.AffordableLaunchSets);
        Assert.Equal(0.019, goal.DetectableRatio!.Value, 0.0005);
    }

    [Fact]
    public void Nothing_goes_below_what_a_verdict_needs() =>
        Assert.Equal(9, new LaunchSetSizing([new(MetricId.Cpu, 0.5)], Profile(0.02), 9).Choose(LabRun.Plan(1000, "on"), [], 4).LaunchSets);

    [Fact]
    public void Of_several_goals_the_hardest_counts()
    {
        PrecisionGoal[] goals = [new(MetricId.Cpu, 0.5), new(MetricId.Allocation, 0.01)];
        var profile = Profile(0.02) with { Metrics = [Metric(MetricId.Cpu, 0.02), Metric(MetricId.Allocation, 0.02)] };

        Assert.Equal(SignedRankPower.SampleSize(Math.Log(1.01), 0.02), new LaunchSetSizing(goals, profile, 6).Choose(LabRun.Plan(1000, "on"), [], 1000).LaunchSets);
    }

    [Fact]
    public void Without_a_profile_the_first_launch_sets_tell_the_spread()
    {
        var sizing = new LaunchSetSizing(TwoPercent, null, 6);
        var pilot = NoiseRun.Launches(NoiseRun.Plan(6, 12), 3);

        var plan = sizing.Choose(NoiseRun.Plan(1000, 12), pilot, 1000);

        Assert.Equal(6, sizing.PilotLaunchSets);
        Assert.Equal(6, plan.Sizing!.PilotLaunchSets);

        // Arms spread by 2 %, ratios of two by 2.83 %; eleven ratios of one baseline know it to about a third.
        Assert.InRange(plan.Sizing.Goals[0].SpreadRatio!.Value, 0.019, 0.038);
        Assert.Equal(SignedRankPower.SampleSize(Math.Log(1.02), plan.Sizing.Goals[0].SpreadRatio!.Value), plan.LaunchSets);
    }

    [Fact]
    public void What_the_arms_cost_has_no_say_in_the_number()
    {
        var plan = NoiseRun.Plan(6, 4);
        var pilot = NoiseRun.Launches(plan, 5);
        LaunchRecord[] dearer = [.. pilot.Select(launch => launch with { Arms = [.. launch.Arms.Select(arm => arm.Arm == "off-3" ? Dearer(arm) : arm)] })];

        var sizing = new LaunchSetSizing(TwoPercent, null, 6);

        Assert.Equal(sizing.Choose(plan, pilot, 1000).LaunchSets, sizing.Choose(plan, dearer, 1000).LaunchSets);
    }

    [Fact]
    public void A_profile_that_does_not_know_the_metric_is_none() =>
        Assert.Equal(6, new LaunchSetSizing([new(MetricId.P50, 0.1)], Profile(0.02), 6).PilotLaunchSets);

    [Fact]
    public void What_was_not_measured_takes_all_that_the_budget_allows()
    {
        var plan = LabRun.Plan(1000, "on");
        LaunchRecord[] pilot = [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, [.. plan.Arms.Select(arm => LabRun.Arm(arm.Name, pauseSeconds: 0))]))];

        var sized = new LaunchSetSizing([new(MetricId.GcPause, 0.1)], null, 6).Choose(plan, pilot, 20);

        Assert.Equal(20, sized.LaunchSets);
        Assert.False(sized.Sizing!.IsReached);
        Assert.Null(Assert.Single(sized.Sizing.Goals).SpreadRatio);
        Assert.Equal((null, 6), (sized.Sizing.NoiseProfileRunId, sized.Sizing.PilotLaunchSets));
    }

    [Fact]
    public void The_report_says_again_what_could_not_be_reached_and_what_was_missed()
    {
        var plan = NoiseRun.Plan(6, 4);
        var launches = NoiseRun.Launches(plan, 1);
        var tooFew = new LaunchSetSizing([new(MetricId.Cpu, 0.001)], Profile(0.02), 6).Choose(plan, [], 6);
        var promised = new LaunchSetSizing([new(MetricId.Cpu, 0.01)], Profile(0.001), 6).Choose(plan, [], 6);

        Assert.Equal(new PrecisionNotReached(tooFew.Sizing!, 6), LabRun.Analyze(tooFew, launches).Findings.Single(finding => finding.Code == "precision-not-reached").Details);
        var missed = Assert.IsType<PrecisionMissed>(LabRun.Analyze(promised, launches).Findings.Single(finding => finding.Code == "precision-missed").Details);
        Assert.Equal((MetricId.Cpu, 0.01, promised.Sizing), (missed.Metric, missed.WantedRatio, missed.Sizing));
        Assert.True(missed.DetectableRatio > 0.01);
        Assert.DoesNotContain(LabRun.Analyze(plan, launches).Findings, finding => finding.Code.StartsWith("precision", StringComparison.Ordinal));
    }

    private static ArmRecord Dearer(ArmRecord arm) => arm with
    {
        Slices = [.. arm.Slices.Select(slice => slice with { Before = Twice(slice.Before) })],
        ClosingReading = Twice(arm.ClosingReading),
    };

    private static Reading Twice(Reading reading) => reading with { CpuSeconds = 2 * reading.CpuSeconds };

    private static NoiseProfile Profile(double spread)
    {
        var plan = NoiseRun.Plan(6, 4);
        return LabRun.Analyze(plan, NoiseRun.Launches(plan, 1)).MeasuredNoise! with { Metrics = [Metric(MetricId.Cpu, spread)] };
    }

    private static MetricNoise Metric(MetricId metric, double spread)
    {
        var plan = NoiseRun.Plan(6, 4);
        return LabRun.Analyze(plan, NoiseRun.Launches(plan, 1)).MeasuredNoise!.Metric(metric) with { SpreadRatio = spread };
    }
}
