using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("20ms", 0.02)]
    [InlineData("100ms", 0.1)]
    [InlineData("0.1s", 0.1)]
    [InlineData("1.5s", 1.5)]
    [InlineData("10s", 10)]
    public void A_duration_is_exact(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)), Read(Quantities.Slice, text));

    [Theory]
    [InlineData("11m", 660)]
    [InlineData("24h", 86_400)]
    public void Long_durations_have_minutes_and_hours(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(Quantities.Budget, text));

    [Theory]
    [InlineData("19.999ms")]
    [InlineData("10001ms")]
    [InlineData("-100ms")]
    [InlineData("100")]
    [InlineData("100 ms")]
    [InlineData("100MS")]
    [InlineData("1e2ms")]
    [InlineData("1,5s")]
    [InlineData(".5s")]
    [InlineData("5.s")]
    [InlineData("1m30s")]
    [InlineData("+1s")]
    [InlineData("01s")]
    [InlineData("--1s")]
    [InlineData("s")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("٣s")]
    [InlineData("1.2.3s")]
    [InlineData("79228162514264337593543950335h")]
    [InlineData("-99999999999999999999999999999999999999s")]
    public void Anything_else_is_not(string text) => Assert.Null(Read(Quantities.Slice, text));

    [Theory]
    [InlineData("10%", 0.1)]
    [InlineData("33.3%", 0.333)]
    [InlineData("80%", 0.8)]
    [InlineData("9.99%", null)]
    [InlineData("80.01%", null)]
    [InlineData("0.5", null)]
    [InlineData("50 %", null)]
    public void A_percentage_is_a_ratio_in_memory(string text, double? ratio) =>
        Assert.Equal(ratio, Read(Quantities.CapacityShare, text));

    [Theory]
    [InlineData("1/s", 1.0)]
    [InlineData("1234.5/s", 1234.5)]
    [InlineData("1000000/s", 1e6)]
    [InlineData("0.9/s", null)]
    [InlineData("1000001/s", null)]
    [InlineData("100", null)]
    [InlineData("100/m", null)]
    [InlineData("100rps", null)]
    public void A_rate_is_per_second(string text, double? rate) => Assert.Equal(rate, Read(Quantities.Rate, text));

    [Theory]
    [InlineData("6", 6)]
    [InlineData("1000", 1000)]
    [InlineData("5", null)]
    [InlineData("1001", null)]
    [InlineData("6.0", null)]
    [InlineData("0x10", null)]
    [InlineData("010", null)]
    [InlineData("1_000", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("twelve", null)]
    public void A_count_is_a_whole_number_in_digits(string text, int? count) => Assert.Equal(count, Read(Quantities.LaunchSets, text));

    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("18446744073709551616", null)]
    [InlineData("-0", null)]
    [InlineData("1.0", null)]
    public void A_seed_has_64_bits(string text, ulong? seed) => Assert.Equal(seed, Read(Quantities.Seed, text));

    [Fact]
    public void A_number_in_quotation_marks_is_text_but_a_quantity_with_a_unit_is_text_anyway()
    {
        Assert.NotNull(Quantities.LaunchSets.Read(Text("12", isPlain: false)).Problem);
        Assert.Null(Quantities.Slice.Read(Text("100ms", isPlain: false)).Problem);
    }

    private static YamlText Text(string text, bool isPlain = true) => new(YamlPath.Root, 1, 1, text, isPlain);

    private static T? Read<T>(Quantity<T> quantity, string text)
        where T : struct, IComparable<T>
    {
        var parsed = quantity.Read(Text(text));
        return parsed.Problem is null ? parsed.Value : null;
    }
}
