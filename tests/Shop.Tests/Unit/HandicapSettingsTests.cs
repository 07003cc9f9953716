using Shop.Handicaps;

namespace Shop.Tests.Unit;

public sealed class HandicapSettingsTests
{
    [Fact]
    public void Nothing_said_means_no_handicap()
    {
        var settings = Read(out var faults);

        Assert.Empty(faults);
        Assert.False(settings.SlowsOrders);
        Assert.Null(settings.BurstInterval);
    }

    [Fact]
    public void Every_handicap_is_read_in_its_unit()
    {
        var settings = Read(
            out var faults,
            ("SHOP_HANDICAP_CPU_US", "20"),
            ("SHOP_HANDICAP_ALLOC_BYTES", "1000"),
            ("SHOP_HANDICAP_DELAY_US", "1500"),
            ("SHOP_HANDICAP_BURST_EVERY_MS", "2000"),
            ("SHOP_HANDICAP_BURST_CPU_US", "5000"),
            ("SHOP_HANDICAP_BURST_ALLOC_BYTES", "1048576"));

        Assert.Empty(faults);
        Assert.Equal(TimeSpan.FromMicroseconds(20), settings.Cpu);
        Assert.Equal(1000, settings.AllocatedBytes);
        Assert.Equal(TimeSpan.FromMicroseconds(1500), settings.Delay);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.BurstInterval);
        Assert.Equal(TimeSpan.FromMilliseconds(5), settings.BurstCpu);
        Assert.Equal(1_048_576, settings.BurstAllocatedBytes);
    }

    [Theory]
    [InlineData("SHOP_HANDICAP_CPU_US", "2%")]
    [InlineData("SHOP_HANDICAP_CPU_US", "-1")]
    [InlineData("SHOP_HANDICAP_DELAY_US", "1000001")]
    [InlineData("SHOP_HANDICAP_ALLOC_BYTES", "1001")]
    [InlineData("SHOP_HANDICAP_ALLOC_BYTES", "16")]
    [InlineData("SHOP_HANDICAP_BURST_EVERY_MS", "0")]
    public void What_cannot_be_met_exactly_is_refused_by_name(string name, string value)
    {
        Read(out var faults, (name, value));

        Assert.StartsWith(name + ":", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_burst_needs_an_interval_an_interval_a_burst_and_the_burst_must_fit_in()
    {
        Read(out var withoutInterval, ("SHOP_HANDICAP_BURST_CPU_US", "5000"));
        Read(out var withoutBurst, ("SHOP_HANDICAP_BURST_EVERY_MS", "5"));
        Read(out var tooLong, ("SHOP_HANDICAP_BURST_EVERY_MS", "5"), ("SHOP_HANDICAP_BURST_CPU_US", "5000"));

        Assert.Contains("is missing", Assert.Single(withoutInterval), StringComparison.Ordinal);
        Assert.Contains("there is no burst", Assert.Single(withoutBurst), StringComparison.Ordinal);
        Assert.Contains("as long as the time to the next", Assert.Single(tooLong), StringComparison.Ordinal);
    }

    private static HandicapSettings Read(out List<string> faults, params (string Name, string Value)[] variables)
    {
        faults = [];
        return HandicapSettingsReader.Read(variables.ToDictionary(variable => variable.Name, variable => variable.Value).GetValueOrDefault, faults);
    }
}
