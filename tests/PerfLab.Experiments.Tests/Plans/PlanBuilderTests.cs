using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests.Plans;

public sealed class PlanBuilderTests
{
    private static readonly Scenario Sampling = ScenarioFile.Load(Path.Combine(Repository.Scenarios, "sampling.yaml"));

    private static readonly PilotResult Pilot = PilotResult.From(
        Sampling.Variants.Select((variant, i) => KeyValuePair.Create(variant.Name, 4000.0 - (100 * i))).ToDictionary(), 0.5, 12.5);

    [Fact]
    public void The_control_follows_the_baseline_and_the_variants_follow_in_file_order()
    {
        var arms = PlanBuilder.Build(Sampling, Pilot, null, 12).Arms;

        Assert.Equal(["off", "off'", "sdk-always-off", "ratio-1", "ratio-10", "ratio-50", "always-on"], arms.Select(arm => arm.Name));
        Assert.Equal(["off", "off.control", "sdk-always-off"], arms.Take(3).Select(arm => arm.FileStem));
        Assert.Equal([ArmRole.Baseline, ArmRole.Control, ArmRole.Variant], arms.Take(3).Select(arm => arm.Role));
        Assert.Equal(arms[0].Environment, arms[1].Environment);
    }

    [Fact]
    public void A_baseline_that_is_not_the_first_in_the_file_is_the_first_arm()
    {
        var arms = PlanBuilder.Arms(Sampling with { Baseline = "always-on" });

        Assert.Equal(["always-on", "always-on'", "off"], arms.Take(3).Select(arm => arm.Name));
        Assert.Equal(7, arms.Count);
    }

    [Fact]
    public void Thresholds_go_into_the_plan_as_they_were_written_and_come_back_from_it()
    {
        var scenario = Sampling with { Thresholds = [Threshold.Parse("overhead(cpu)<5%"), Threshold.Parse("p(99)<200 for off")] };

        var plan = PlanBuilder.Build(scenario, Pilot, null, 12);

        Assert.Equal(["overhead(cpu)<5%", "p(99)<200 for off"], plan.Thresholds);
        Assert.Equal(plan.Thresholds, ResultsJson.Deserialize<Plan>(ResultsJson.Serialize(plan)).Thresholds);
    }

    // 3,000/s kept the busiest arm 96 % busy, so 3,125/s would leave it no time; half of sampling's rounds measure each level.
    [Fact]
    public void Levels_are_shares_of_the_rate_at_which_the_busiest_arm_has_no_processor_time_left()
    {
        var scenario = Sampling with { Load = Sampling.Load with { Levels = [0.25, 0.75] } };

        var plan = PlanBuilder.Build(scenario, Pilot with { AtCapacity = new OpenLoopTrial("always-on", 3000, 0.96) }, null, 12);

        Assert.Equal([new LoadLevel(0.25, 781, 40), new LoadLevel(0.75, 2340, 40)], plan.Levels);
        Assert.Equal(1750, plan.RatePerSecond);
        Assert.Equal(plan.Levels, ResultsJson.Deserialize<Plan>(ResultsJson.Serialize(plan)).Levels);
    }

    [Fact]
    public void Where_the_open_loop_capacity_is_not_known_levels_are_shares_of_the_slowest_arms_capacity()
    {
        var scenario = Sampling with { Load = Sampling.Load with { Levels = [0.2] } };

        Assert.Equal(700, Assert.Single(PlanBuilder.Build(scenario, Pilot, null, 12).Levels).RatePerSecond);
    }

    // Six arms and the control for a second each hold two batch delays of 5 s in two rounds; two arms and the control take four.
    [Fact]
    public void A_closed_loop_has_slices_of_a_second_and_so_many_rounds_that_two_batches_of_the_SDK_fall_into_it()
    {
        var scenario = Sampling with { Load = Sampling.Load with { ClosedLoopConnections = 200 } };

        var plan = PlanBuilder.Build(scenario, Pilot, null, 12);
        var small = PlanBuilder.Build(scenario with { Variants = [scenario.Variants[0], scenario.Variants[^1]] }, Pilot, null, 12);

        // The slowest arm answers 3,500/s: 200 take it 57 ms, and 10,000 take it 2.9 s.
        Assert.Equal(new ClosedLoopLevel(200, 1, 2), plan.ClosedLoop);
        Assert.Equal(5.7, PlanBuilder.Build(scenario with { Load = scenario.Load with { ClosedLoopConnections = 10_000 } }, Pilot, null, 12).ClosedLoop!.SliceSeconds);
        Assert.Equal(4, small.ClosedLoop!.Rounds);
        Assert.Equal(plan.ClosedLoop, ResultsJson.Deserialize<Plan>(ResultsJson.Serialize(plan)).ClosedLoop);
        Assert.DoesNotContain("closed_loop", ResultsJson.Serialize(PlanBuilder.Build(Sampling, Pilot, null, 12)), StringComparison.Ordinal);
    }

    // Two arms and the control in slices of 100 ms: two delays of 5 s between batches take 34 rounds.
    [Fact]
    public void A_level_has_so_many_rounds_that_two_batches_of_the_SDK_fall_into_it()
    {
        var scenario = Sampling with
        {
            Load = Sampling.Load with { Levels = [0.2] },
            Design = Sampling.Design with { Rounds = 10, Slice = TimeSpan.FromMilliseconds(100) },
            Variants = [.. Sampling.Variants.Where(variant => variant.Name is "off" or "always-on")],
        };

        Assert.Equal(34, BatchWindow.LevelRounds(scenario.Target, scenario.Variants, scenario.Design));
    }

    // Seven arms in slices of 50 ms: two delays take 29 rounds, more than half of 44.
    [Fact]
    public void Fewer_rounds_than_stated_are_those_of_the_levels_too()
    {
        var plan = PlanBuilder.Build(Sampling with { Load = Sampling.Load with { Levels = [0.2] } }, Pilot, null, 12, rounds: 44);

        Assert.Equal((44, 80, 29), (plan.Rounds, plan.StatedRounds, Assert.Single(plan.Levels).Rounds));
    }

    // The slowest arm is the last, 3,500 requests per second; half of it is 1,750.
    [Fact]
    public void The_rate_is_the_share_of_the_slowest_arms_capacity()
    {
        var plan = PlanBuilder.Build(Sampling, Pilot, null, 12);

        Assert.Equal("always-on", plan.Pilot!.SlowestArm);
        Assert.Equal(1750, plan.RatePerSecond);
    }

    [Theory]
    [InlineData(1234.56, 0.5, 617)]
    [InlineData(9999, 0.5, 5000)]
    [InlineData(123456, 0.5, 61700)]
    [InlineData(3.3333, 0.3, 1)]
    [InlineData(0.01234, 0.8, 0.00987)]
    public void The_rate_has_three_significant_digits(double capacity, double share, double rate) =>
        Assert.Equal(rate, PlanBuilder.RateFrom(PilotResult.From(new Dictionary<string, double> { ["a"] = capacity }, share, 1)));

    [Theory]
    [InlineData(1204.4, 1200, true)]
    [InlineData(1750, 1750, false)]
    public void Where_open_loop_would_keep_an_arm_too_busy_the_rate_is_what_it_allows(double allowed, double rate, bool lowered)
    {
        var plan = PlanBuilder.Build(Sampling, Pilot with { OpenLoop = new OpenLoopTrial("always-on", allowed, 0.78) }, null, 12);

        Assert.Equal((rate, lowered), (plan.RatePerSecond, plan.Pilot!.IsLowered));
        Assert.Equal(plan.Pilot.OpenLoop, ResultsJson.Deserialize<Plan>(ResultsJson.Serialize(plan)).Pilot!.OpenLoop);
    }

    [Fact]
    public void A_fixed_rate_needs_no_pilot_and_ignores_one()
    {
        var scenario = Sampling with { Load = Sampling.Load with { RatePerSecond = 1234.5 } };

        var plan = PlanBuilder.Build(scenario, Pilot, null, 12);

        Assert.Equal(1234.5, plan.RatePerSecond);
        Assert.Null(plan.Pilot);
    }

    [Fact]
    public void Every_metric_has_a_threshold_the_scenarios_or_the_catalogues()
    {
        var scenario = Sampling with { PracticalThresholds = new Dictionary<MetricId, double> { [MetricId.P99] = 0.07 } };

        var thresholds = PlanBuilder.Build(scenario, Pilot, null, 12).PracticalThresholds;

        Assert.Equal(MetricCatalog.All.Select(metric => metric.Id), thresholds.Keys);
        Assert.Equal(0.07, thresholds[MetricId.P99]);
        Assert.Equal(MetricCatalog.Get(MetricId.Cpu).PracticalThreshold, thresholds[MetricId.Cpu]);
    }

    [Fact]
    public void All_other_choices_are_taken_over()
    {
        var placement = new Placement([0], [1]);

        var plan = PlanBuilder.Build(Sampling, Pilot, placement, 9);

        Assert.Equal((Plan.CurrentFormatVersion, "sampling", Sampling.Question, 9), (plan.FormatVersion, plan.Scenario, plan.Question, plan.LaunchSets));
        Assert.Equal((80, 0.05, 2, 8, 780), (plan.Rounds, plan.SliceSeconds, plan.WarmUpSeconds, plan.WarmUpLimitSeconds, plan.BudgetSeconds));
        Assert.Equal((ArrivalProcess.Poisson, 256, RuntimeProfile.Lab, 20260101UL), (plan.Arrivals, plan.MaxInFlight, plan.Runtime, plan.Seed));
        Assert.Same(Sampling.Target, plan.Target);
        Assert.Same(placement, plan.Placement);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes() =>
        Assert.Equal(ResultsJson.Serialize(PlanBuilder.Build(Sampling, Pilot, null, 12)), ResultsJson.Serialize(PlanBuilder.Build(Sampling, Pilot, null, 12)));

    [Fact]
    public void A_missing_pilot_is_an_error() =>
        Assert.Contains("leaves the rate to a pilot", Assert.Throws<ArgumentException>(() => PlanBuilder.Build(Sampling, null, null, 12)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pilot_that_left_out_an_arm_is_an_error()
    {
        var pilot = PilotResult.From(new Dictionary<string, double> { ["off"] = 100 }, 0.5, 1);

        Assert.Contains("no capacity of arm sdk-always-off", Assert.Throws<ArgumentException>(() => PlanBuilder.Build(Sampling, pilot, null, 12)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_capacity_that_is_none_is_an_error(double capacity) =>
        Assert.Throws<ArgumentException>(() => PilotResult.From(new Dictionary<string, double> { ["a"] = capacity }, 0.5, 1));

    [Fact]
    public void A_pilot_without_arms_is_an_error() =>
        Assert.Throws<ArgumentException>(() => PilotResult.From(new Dictionary<string, double>(), 0.5, 1));

    [Fact]
    public void No_launch_sets_are_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PlanBuilder.Build(Sampling, Pilot, null, 0));

    [Fact]
    public void A_baseline_that_does_not_exist_is_an_error() =>
        Assert.Throws<ArgumentException>(() => PlanBuilder.Arms(Sampling with { Baseline = "none" }));
}
