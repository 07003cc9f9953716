using PerfLab.Experiments.Metrics;
using PerfLab.Reporting.Charts;

namespace PerfLab.Reporting.Tests.Charts;

public sealed class AxisTicksTests
{
    [Fact]
    public void Ticks_of_a_linear_axis_are_round_and_hold_zero() =>
        Assert.Equal(["-10", "0", "10", "20"], AxisTicks.Linear(-11, 27, 4, value => value.ToString("0", System.Globalization.CultureInfo.InvariantCulture)).Labels);

    [Fact]
    public void Ticks_of_a_logarithmic_axis_are_one_two_five_in_one_unit()
    {
        var (ticks, unit) = AxisTicks.Logarithmic(0.0004, 0.0061, MetricUnit.Seconds);

        Assert.Equal("ms", unit);
        Assert.Equal(["0.5", "1", "2", "5"], ticks.Labels);
    }

    [Theory]
    [InlineData(0.001, 0.001_05)]
    [InlineData(1e-9, 1e3)]
    public void Any_range_can_have_ticks(double low, double high)
    {
        var (ticks, _) = AxisTicks.Logarithmic(low, high, MetricUnit.Seconds);

        Assert.All(ticks.Positions, position => Assert.InRange(Math.Pow(10, position), low * 0.99, high * 1.01));
    }
}
