using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics.Tests;

namespace PerfLab.Analysis.Tests.Runs;

/// <summary>When a run may end before its plan, and what its intervals are worth then.</summary>
public sealed class DecidedRunTests
{
    // The first look is where 2 / 2^n fits into 5 % / variants * n / planned: (7: 1.6 % in 2.9 %), (9: 0.39 % in 0.75 %).
    [Theory]
    [InlineData(12, 1, new[] { 7, 9, 11, 12 })]
    [InlineData(12, 5, new[] { 9, 10, 11, 12 })]
    [InlineData(6, 1, new[] { 6 })]
    [InlineData(40, 1, new[] { 8, 19, 30, 40 })]
    [InlineData(100, 1, new[] { 100 })]
    public void Looks_begin_where_every_variant_can_be_decided_and_end_with_the_plan(int launchSets, int variants, int[] looks) =>
        Assert.Equal(looks, LookLevels.Choose(launchSets, variants));

    [Fact]
    public void A_run_that_is_looked_at_once_is_judged_as_ever()
    {
        var levels = LookLevels.Of(LabRun.Plan(12, "a", "b"), 12);

        Assert.Equal(0.95, levels.ConfidenceLevel);
        Assert.Equal([0.05, 0.025], levels.FamilyAlphas);
        Assert.Equal([0.06, 0.04], levels.Adjust([0.06, 0.02]));
    }

    [Fact]
    public void Each_look_asks_for_more_than_a_single_one_would()
    {
        var plan = LabRun.Plan(12, "a") with { Looks = [7, 9, 11, 12] };

        Assert.All(plan.Looks, look => Assert.InRange(LookLevels.Of(plan, look).ConfidenceLevel, 0.951, 0.999));
        Assert.Equal(1 - (2.0 / 128), LookLevels.Of(plan, 7).ConfidenceLevel, 12);
    }

    [Fact]
    public void A_run_that_is_interrupted_before_its_first_look_has_had_no_other() =>
        Assert.Equal(0.95, LookLevels.Of(LabRun.Plan(12, "a") with { Looks = [7, 9, 11, 12] }, 6).ConfidenceLevel);

    [Fact]
    public void A_run_that_is_interrupted_between_two_looks_pays_for_the_ones_before()
    {
        var levels = LookLevels.Of(LabRun.Plan(12, "a") with { Looks = [7, 9, 11, 12] }, 10);

        Assert.InRange(levels.ConfidenceLevel, 0.951, 0.999);
        Assert.True(levels.IsRepeated);
    }

    [Fact]
    public void A_clear_difference_is_decided_at_the_first_look_and_its_interval_says_95_percent()
    {
        var analysis = Run(7, new Random(1), cost: 1.2);

        Assert.Equal([], DecidedRun.UndecidedArms(analysis));
        Assert.Equal(Verdict.Slower, analysis.Arms[2].Metrics.Single(metric => metric.Metric == MetricId.Cpu).Verdict);
        Assert.Equal(0.95, analysis.Arms[2].Metrics.Single(metric => metric.Metric == MetricId.Cpu).Ratio!.ConfidenceLevel);
    }

    [Fact]
    public void A_difference_at_the_threshold_keeps_the_run_going_and_is_named() =>
        Assert.Equal(["on"], DecidedRun.UndecidedArms(Run(7, new Random(2), cost: 1.05)));

    [Fact]
    public void A_control_that_is_not_shown_to_be_the_same_keeps_the_run_going() =>
        Assert.Contains("off'", DecidedRun.UndecidedArms(Run(7, new Random(3), cost: 1.5, spread: 0.08)));

    // Both arms cost the same: whoever calls one Slower or Faster at any of the looks raises a false alarm.
    [Fact]
    public void False_alarms_over_all_looks_stay_within_five_percent()
    {
        Simulations.SkipWhereUnwanted();
        const int Runs = 600;
        var random = new Random(20_261_129);
        var alarms = 0;
        for (var run = 0; run < Runs; run++)
        {
            var launches = Launches(12, random, cost: 1, spread: 0.03);
            alarms += new[] { 7, 9, 11, 12 }.Any(look => Analyze(launches[..look]).Arms[2].Metrics.Single(metric => metric.Metric == MetricId.Cpu).Ratio is { } ratio && (ratio.Low > 0 || ratio.High < 0)) ? 1 : 0;
        }

        // Three standard errors of 600 runs are 2.7 percentage points.
        Assert.InRange((double)alarms / Runs, 0, 0.05 + 0.027);
    }

    private static RunAnalysis Run(int launchSets, Random random, double cost, double spread = 0.004) => Analyze(Launches(launchSets, random, cost, spread));

    private static RunAnalysis Analyze(IReadOnlyList<LaunchRecord> launches) =>
        LabRun.Analyze(LabRun.Plan(12, "on") with { Looks = [7, 9, 11, 12] }, launches);

    private static LaunchRecord[] Launches(int count, Random random, double cost, double spread) =>
    [
        .. Enumerable.Range(1, count).Select(number => LabRun.Launch(
            number,
            LabRun.Arm("off", cpuSeconds: Cost(random, 1, spread)),
            LabRun.Arm("off'", cpuSeconds: Cost(random, 1, spread)),
            LabRun.Arm("on", cpuSeconds: Cost(random, cost, spread)))),
    ];

    private static double Cost(Random random, double factor, double spread) => 0.0004 * factor * (1 + (spread * ((2 * random.NextDouble()) - 1)));
}
