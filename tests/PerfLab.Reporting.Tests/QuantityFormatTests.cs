using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Experiments;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public class QuantityFormatTests
{
    [Theory]
    [InlineData(MetricUnit.Seconds, 0.000402, "402 µs")]
    [InlineData(MetricUnit.Seconds, 0.0012, "1.20 ms")]
    [InlineData(MetricUnit.Seconds, 12.0, "12.0 s")]
    [InlineData(MetricUnit.Seconds, 0.00000031, "310 ns")]
    [InlineData(MetricUnit.Bytes, 661.0, "661 B")]
    [InlineData(MetricUnit.Bytes, 14_200.0, "14.2 kB")]
    [InlineData(MetricUnit.Bytes, 93_400_000.0, "93.4 MB")]
    [InlineData(MetricUnit.Count, 4.0, "4.00")]
    [InlineData(MetricUnit.Ratio, 0.0913, "9.1 %")]
    [InlineData(MetricUnit.Ratio, 0.0031, "0.31 %")]
    [InlineData(MetricUnit.Ratio, 1.5, "150 %")]
    public void A_value_is_shown_in_the_unit_that_fits_it(MetricUnit unit, double value, string expected) =>
        Assert.Equal(expected, QuantityFormat.For(unit, value).WithUnit(value));

    [Fact]
    public void All_values_of_a_row_share_one_unit_and_one_number_of_decimals()
    {
        var format = QuantityFormat.For(MetricUnit.Seconds, 0.000402, 0.0012, null);

        Assert.Equal("402 µs", format.WithUnit(0.000402));
        Assert.Equal("1,200 µs", format.WithUnit(0.0012));
    }

    [Fact]
    public void A_bound_next_to_zero_does_not_blow_up_the_rest_of_its_row()
    {
        // 70 ms / 100 = 0.7 ms is the least that chooses: microseconds, no decimals; the 2 ns alone would choose ns.
        var format = QuantityFormat.For(MetricUnit.Seconds, 0.0365, 0.000000002, 0.070);

        Assert.Equal("µs", format.Unit);
        Assert.Equal("0", format.Number(0.000000002));
        Assert.Equal("36,500 µs", format.WithUnit(0.0365));
    }

    [Theory]
    [InlineData(0.0913, "+9.1 %")]
    [InlineData(-0.0913, "-9.1 %")]
    [InlineData(0.0, "0 %")]
    public void A_change_carries_its_sign_and_zero_has_none(double ratio, string expected) =>
        Assert.Equal(expected, QuantityFormat.SignedPercent(ratio));

    [Fact]
    public void A_value_that_rounds_to_zero_has_no_sign() =>
        Assert.Equal("0.0", QuantityFormat.For(MetricUnit.Ratio, 0.09, -0.0001).NumberWithSign(-0.0001));

    [Fact]
    public void Nothing_measured_and_only_zeros_fall_back_to_the_base_unit()
    {
        Assert.Equal("0 s", QuantityFormat.For(MetricUnit.Seconds, 0.0, null).WithUnit(0));
        Assert.Equal("0 B", QuantityFormat.For(MetricUnit.Bytes).WithUnit(0));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal("+1,234.5 µs", QuantityFormat.For(MetricUnit.Seconds, 0.0012345, 0.00002).SignedWithUnit(0.0012345));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_value_without_a_unit_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantityFormat.For(MetricUnit.Unknown, 1.0));

    [Fact]
    public void An_interval_is_its_estimate_with_its_bounds_in_parentheses()
    {
        var interval = new Interval(0.012, -0.015, 0.04, 0.95);

        Assert.Equal("+1.2 % (-1.5 to 4.0)", QuantityFormat.For(MetricUnit.Ratio, interval).Change(interval));
        Assert.Equal("1.2 % (-1.5 to 4.0)", QuantityFormat.For(MetricUnit.Ratio, interval).Value(interval));
        Assert.Equal("+1.2\u00a0% (\u22121.5 to 4.0)", QuantityFormat.ForChanges([interval]).Change(interval));
    }

    [Theory]
    [InlineData(MetricUnit.Seconds, 0.000402, "402\u00a0µs")]
    [InlineData(MetricUnit.Seconds, 0.0012, "1.20\u00a0ms")]
    [InlineData(MetricUnit.Bytes, 14_200.0, "14.2\u00a0kB")]
    [InlineData(MetricUnit.Bytes, 0.0, "0\u00a0B")]
    [InlineData(MetricUnit.Count, 9.0, "9.00")]
    public void A_value_of_a_column_is_shown_in_the_unit_that_fits_it(MetricUnit unit, double value, string expected) =>
        Assert.Equal(expected, QuantityFormat.ForColumn(unit, [value]).WithUnit(value));

    [Fact]
    public void All_values_of_a_column_share_one_unit_and_one_number_of_decimals()
    {
        var scale = QuantityFormat.ForColumn(MetricUnit.Bytes, [0, 28, 279, 2_789, null]);

        Assert.Equal(["0\u00a0B", "28\u00a0B", "2,789\u00a0B"], new[] { 0.0, 28, 2_789 }.Select(scale.WithUnit));
    }

    [Fact]
    public void Numbers_in_a_column_have_a_true_minus_and_zero_has_no_sign()
    {
        var scale = QuantityFormat.ForChanges([new Interval(0.09, 0.078, 0.104, 0.95)]);

        Assert.Equal("\u22127.8\u00a0%", scale.SignedWithUnit(-0.078));
        Assert.Equal("+9.1\u00a0%", scale.SignedWithUnit(0.091));
        Assert.Equal("0.0\u00a0%", scale.SignedWithUnit(-0.0001));
    }

    [Fact]
    public void A_narrow_interval_keeps_its_width() =>
        Assert.Equal("+22.14", QuantityFormat.ForChanges([new Interval(0.2214, 0.2209, 0.2218, 0.95)]).NumberWithSign(0.2214));
}
