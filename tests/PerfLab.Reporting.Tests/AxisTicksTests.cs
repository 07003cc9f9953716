using PerfLab.Experiments;
using PerfLab.Reporting.Charts;

namespace PerfLab.Reporting.Tests;

public sealed class AxisTicksTests
{
    [Fact]
    public void Ticks_of_a_linear_axis_are_round_and_hold_zero() =>
        Assert.Equal(["\u221210\u00a0%", "0\u00a0%", "10\u00a0%", "20\u00a0%"], AxisTicks.Linear(-0.11, 0.27, 4, MetricUnit.Ratio).Labels);

    [Fact]
    public void Ticks_of_a_logarithmic_axis_are_one_two_five_each_with_its_unit()
    {
        var ticks = AxisTicks.Logarithmic(0.0004, 0.0061, MetricUnit.Seconds);

        Assert.Equal(["500\u00a0µs", "1\u00a0ms", "2\u00a0ms", "5\u00a0ms"], ticks.Labels);
    }

    [Theory]
    [InlineData(0.001, 0.001_05)]
    [InlineData(1e-9, 1e3)]
    public void Any_range_can_have_ticks(double low, double high)
    {
        var ticks = AxisTicks.Logarithmic(low, high, MetricUnit.Seconds);

        Assert.All(ticks.Positions, position => Assert.InRange(Math.Pow(10, position), low * 0.99, high * 1.01));
    }
}
