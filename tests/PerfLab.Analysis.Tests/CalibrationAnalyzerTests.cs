using PerfLab.Analysis.Calibration;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using static PerfLab.Analysis.Tests.CalibrationRun;

namespace PerfLab.Analysis.Tests;

public class CalibrationAnalyzerTests
{
    private static readonly Plan Cpu = Plan(6, ("cpu-20", "CPU_US=20"), ("cpu-100", "CPU_US=100"), ("cpu-250", "CPU_US=250"));

    [Fact]
    public void A_cost_that_is_found_in_full_has_slope_one_and_no_offset()
    {
        var series = Assert.Single(Measure(Cpu, (_, arm) => LabRun.Arm(arm, 0.0004 + (IsPlain(arm) ? 0 : SizeOf(arm) * 1e-6))));

        Assert.Equal((KnownCostKind.Cpu, MetricId.Cpu, "off"), (series.Kind, series.Metric, series.Reference));
        Assert.Equal(1, series.Slope!.Estimate, 6);
        Assert.Equal(0, series.Offset!.Estimate, 10);
        Assert.Equal(CalibrationOutcome.Right, series.Outcome);
        Assert.Equal([20e-6, 100e-6, 250e-6], series.Points.Select(point => Math.Round(point.Injected, 9)));
    }

    // 0.9 of what was put in is found, and 5 us where nothing was: 23, 95 and 230 us.
    [Fact]
    public void A_cost_that_is_lost_in_part_is_wrong()
    {
        var series = Assert.Single(Measure(Cpu, (launch, arm) => LabRun.Arm(arm, 0.0004 + (launch * 1e-6) + (IsPlain(arm) ? 0 : 5e-6 + (0.9 * SizeOf(arm) * 1e-6)))));

        Assert.Equal(0.9, series.Slope!.Estimate, 6);
        Assert.Equal(5e-6, series.Offset!.Estimate, 10);
        Assert.Equal(CalibrationOutcome.Wrong, series.Outcome);
        Assert.Equal([false, false, false], series.Points.Select(point => point.IsCovered));
        Assert.Equal(95e-6, series.Points[1].Measured.Estimate, 10);
    }

    [Fact]
    public void A_slope_that_reaches_across_the_tolerance_is_not_decided()
    {
        // 0.90, 0.94, 0.98, 1.02, 1.06, 1.10 of what was put in: with 6 launch sets the interval is all of it.
        var series = Assert.Single(Measure(Cpu, (launch, arm) => LabRun.Arm(arm, 0.0004 + (IsPlain(arm) ? 0 : (0.86 + (0.04 * launch)) * SizeOf(arm) * 1e-6))));

        Assert.Equal((0.9, 1.1), (Math.Round(series.Slope!.Low, 6), Math.Round(series.Slope.High, 6)));
        Assert.Equal(CalibrationOutcome.NotDecided, series.Outcome);
        Assert.All(series.Points, point => Assert.True(point.IsCovered));
    }

    [Fact]
    public void Bytes_have_a_tighter_tolerance_than_time()
    {
        var plan = Plan(6, ("bytes-1000", "ALLOC_BYTES=1000"), ("bytes-8000", "ALLOC_BYTES=8000"));

        var series = Assert.Single(Measure(plan, (_, arm) => LabRun.Arm(arm, bytes: 10_000 + (IsPlain(arm) ? 0 : 1.02 * SizeOf(arm)))));

        Assert.Equal(MetricId.Allocation, series.Metric);
        Assert.Equal(CalibrationOutcome.Wrong, series.Outcome);
        Assert.Equal(0.01, series.Tolerance);
    }

    // Waiting at all costs 60 us here; between two that wait it cancels out.
    [Fact]
    public void Delays_are_compared_with_the_shortest_delay()
    {
        var plan = Plan(6, ("delay-1000", "DELAY_US=1000"), ("delay-1200", "DELAY_US=1200"), ("delay-4000", "DELAY_US=4000"));

        var series = Assert.Single(Measure(plan, (_, arm) => LabRun.Arm(arm, p50Seconds: 0.001 + (IsPlain(arm) ? 0 : 60e-6 + (SizeOf(arm) * 1e-6)))));

        Assert.Equal("delay-1000", series.Reference);
        Assert.Equal([200e-6, 3000e-6], series.Points.Select(point => Math.Round(point.Injected, 9)));
        Assert.Equal(0, series.Offset!.Estimate, 9);
        Assert.Equal(CalibrationOutcome.Right, series.Outcome);
    }

    // 10 slices begin at 0 to 9 s; the last is charged one idle round, 4 arms of 0.1 s: 9.4 s are charged. A burst of 10 ms each
    // 2 s is 4.7 x 10 ms over 1,000 requests: 47 us.
    [Fact]
    public void Bursts_fall_on_requests_by_the_time_that_an_arm_is_charged()
    {
        var plan = Plan(6, ("burst-10", "BURST_CPU_US=10000 BURST_EVERY_MS=2000"), ("burst-20", "BURST_CPU_US=20000 BURST_EVERY_MS=2000"));

        var series = Assert.Single(Measure(plan, (_, arm) => LabRun.Arm(arm, 0.0004 + (IsPlain(arm) ? 0 : SizeOf(arm) * 4.7e-6))));

        Assert.Equal(KnownCostKind.CpuBursts, series.Kind);
        Assert.Equal([47e-6, 94e-6], series.Points.Select(point => Math.Round(point.Injected, 9)));
        Assert.Equal(CalibrationOutcome.Right, series.Outcome);
    }

    // The second and third slice do not count: 2 of the 9.4 s and 200 of the 1,000 requests are gone.
    [Fact]
    public void What_fell_into_voided_rounds_was_not_put_in()
    {
        var plan = Plan(6, ("burst-10", "BURST_ALLOC_BYTES=1000000 BURST_EVERY_MS=2000"), ("burst-20", "BURST_ALLOC_BYTES=2000000 BURST_EVERY_MS=2000"));

        var series = Assert.Single(Measure(plan, (_, arm) => Void(LabRun.Arm(arm, bytes: 10_000), 1, 2)));

        Assert.Equal([4625.0, 9250.0], series.Points.Select(point => Math.Round(point.Injected, 6)));
        Assert.Equal(KnownCostKind.ByteBursts, series.Kind);
        Assert.Equal(CalibrationOutcome.Wrong, series.Outcome);
    }

    [Fact]
    public void A_run_without_known_costs_has_no_calibration() =>
        Assert.Empty(Measure(LabRun.Plan(6, "on"), (_, arm) => LabRun.Arm(arm)));

    [Fact]
    public void One_size_has_a_point_and_no_line()
    {
        var series = Assert.Single(Measure(Plan(6, ("cpu-20", "CPU_US=20")), (_, arm) => LabRun.Arm(arm)));

        Assert.Null(series.Slope);
        Assert.Equal(CalibrationOutcome.NotDecided, series.Outcome);
        Assert.False(Assert.Single(series.Points).IsCovered);
    }

    [Theory]
    [InlineData("CPU_US=20 ALLOC_BYTES=1000")]
    [InlineData("CPU_US=0")]
    [InlineData("CPU_US=many")]
    public void An_arm_whose_cost_cannot_be_told_is_left_out(string variables) =>
        Assert.Empty(Measure(Plan(6, ("odd", variables)), (_, arm) => LabRun.Arm(arm)));

    [Fact]
    public void Too_few_launch_sets_say_nothing() =>
        Assert.Empty(Measure(Cpu with { LaunchSets = 5 }, (_, arm) => LabRun.Arm(arm)));

    private static ArmRecord Void(ArmRecord arm, params int[] rounds) =>
        arm with { Slices = [.. arm.Slices.Select(slice => slice with { IsVoided = rounds.Contains(slice.Round) })] };
}
