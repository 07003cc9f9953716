using PerfLab.Experiments;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public sealed class ColumnScaleTests
{
    [Theory]
    [InlineData(MetricUnit.Seconds, 0.000402, "402\u00a0µs")]
    [InlineData(MetricUnit.Seconds, 0.0012, "1.20\u00a0ms")]
    [InlineData(MetricUnit.Bytes, 14_200.0, "14.2\u00a0kB")]
    [InlineData(MetricUnit.Bytes, 0.0, "0\u00a0B")]
    [InlineData(MetricUnit.Count, 9.0, "9.00")]
    public void A_value_is_shown_in_the_unit_that_fits_it(MetricUnit unit, double value, string expected) =>
        Assert.Equal(expected, ColumnScale.For(unit, [value]).WithUnit(value));

    [Fact]
    public void All_values_of_a_column_share_one_unit_and_one_number_of_decimals()
    {
        var scale = ColumnScale.For(MetricUnit.Bytes, [0, 28, 279, 2_789, null]);

        Assert.Equal(["0\u00a0B", "28\u00a0B", "2,789\u00a0B"], new[] { 0.0, 28, 2_789 }.Select(scale.WithUnit));
    }

    [Fact]
    public void Numbers_in_a_column_have_a_true_minus_and_zero_has_no_sign()
    {
        var scale = ColumnScale.ForChanges([(0.078, 0.104)]);

        Assert.Equal("\u22127.8\u00a0%", scale.SignedWithUnit(-0.078));
        Assert.Equal("+9.1\u00a0%", scale.SignedWithUnit(0.091));
        Assert.Equal("0.0\u00a0%", scale.SignedWithUnit(-0.0001));
    }

    [Fact]
    public void A_narrow_interval_keeps_its_width() =>
        Assert.Equal("+22.14", ColumnScale.ForChanges([(0.2209, 0.2218)]).Signed(0.2214));

    [Theory]
    [InlineData("a\u202eb", "a\ufffdb")]
    [InlineData("a\nb\tc", "a b c")]
    [InlineData("\0", "\ufffd")]
    [InlineData("日本 🦊 مرحبا", "日本 🦊 مرحبا")]
    public void Text_is_cleaned_of_what_steers_and_keeps_what_is_written(string text, string expected) =>
        Assert.Equal(expected, DisplayText.Clean(text));

    // Not as data of a theory: an attribute cannot hold half a character.
    [Fact]
    public void Half_a_character_becomes_a_visible_mark() => Assert.Equal("\ufffdx", DisplayText.Clean("\ud800x"));
}
