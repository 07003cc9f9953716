using PerfLab.Analysis.Tests;
using PerfLab.Analysis.Tests.Gates;
using PerfLab.Bench.Gates;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Bench.Tests;

/// <summary>Nights drawn from runs that are made by hand, so that what the gate has to say of them is known.</summary>
public sealed class GateBenchTests
{
    private const int Nights = 40;

    [Fact]
    public void A_planted_cost_far_beyond_the_spread_is_found_in_every_night_and_the_same_program_in_none()
    {
        var record = Draw(planted: 1.10, spread: 0.005, launchSets: 24);

        Assert.Equal((24, 12, Nights), (record.Source.LaunchSets, record.LaunchSetsOfNight, record.Nights));
        Assert.Equal([("clean", false), ("planted", true)], record.Heads.Select(head => (head.Arm, head.IsPlanted)));
        Assert.Equal(0, MetricOf(record, "clean").Found);
        Assert.Equal(Nights, MetricOf(record, "planted").Found);
        Assert.Equal(0.10, MetricOf(record, "planted").Change!.Estimate, 0.01);
        Assert.Equal([BenchOutcome.Met, BenchOutcome.Met], GateBenchGoals.Judge(record).Where(goal => goal.Name.Contains("CPU", StringComparison.Ordinal)).Select(goal => goal.Outcome));
    }

    [Fact]
    public void A_planted_cost_that_the_spread_hides_misses_the_goal_and_is_undecided_in_the_table()
    {
        var record = Draw(planted: 1.03, spread: 0.10, launchSets: 24);

        Assert.True(MetricOf(record, "planted").Found < Nights / 2);
        Assert.True(MetricOf(record, "planted").Nights[GateOutcome.Undecided] > 0);
        var goal = GateBenchGoals.Judge(record).Single(goal => goal.Name.StartsWith("planted: ", StringComparison.Ordinal) && goal.Name.Contains("CPU", StringComparison.Ordinal));
        Assert.Equal(BenchOutcome.Missed, goal.Outcome);
        Assert.True(goal.Low <= goal.Value && goal.Value < goal.High);
    }

    [Fact]
    public void The_same_run_gives_the_same_nights()
    {
        var (one, other) = (Draw(1.03, 0.02, 16), Draw(1.03, 0.02, 16));

        Assert.Equal(GateBenchText.Compose(one).Select(line => line.Text), GateBenchText.Compose(other).Select(line => line.Text));
        Assert.Contains(GateBenchText.Compose(one), line => line.Text.StartsWith("planted      cpu", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(11, null)]
    [InlineData(20, 12)]
    public void A_run_without_launch_sets_for_two_looks_is_refused(int launchSets, int? each)
    {
        var error = Assert.Throws<InvalidDataException>(() => Draw(1.03, 0.01, launchSets, each));

        Assert.Contains($"has {launchSets} launch sets", error.Message, StringComparison.Ordinal);
    }

    private static DrawnMetric MetricOf(GateBenchRecord record, string arm) =>
        record.Heads.Single(head => head.Arm == arm).Metrics.Single(metric => metric.Metric == MetricId.Cpu);

    // CPU per request of 400 us with a normal spread between launch sets of each arm; named seed.
    private static GateBenchRecord Draw(double planted, double spread, int launchSets, int? each = null)
    {
        var random = new Random(20261130);
        var plan = LabRun.Plan(launchSets, "clean", "planted");
        plan = plan with
        {
            Arms = [.. plan.Arms.Select(arm => arm with { Environment = new Dictionary<string, string>(arm.Name == "planted" ? [KeyValuePair.Create("SHOP_HANDICAP_CPU_US", "24")] : [], StringComparer.Ordinal) })],
            PracticalThresholds = plan.PracticalThresholds.ToDictionary(pair => pair.Key, pair => pair.Key == MetricId.Cpu ? 0.01 : pair.Value),
        };
        LaunchRecord[] launches =
        [
            .. Enumerable.Range(1, launchSets).Select(number => LabRun.Launch(number, [.. plan.Arms.Select(arm =>
                LabRun.Arm(arm.Name, cpuSeconds: 0.0004 * (arm.Name == "planted" ? planted : 1) * Math.Exp(spread * Normal(random))))])),
        ];
        return GateBench.Draw(LabRun.Manifest, plan, launches, new GateBenchOptions { Policy = GateCases.Policy(metrics: [MetricId.Cpu, MetricId.Allocation]), Nights = Nights, LaunchSetsOfNight = each }, TimeProvider.System);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
