using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class NearestNameTests
{
    private static readonly string[] Keys = ["rate", "capacity_share", "arrivals", "max_in_flight", "warm_up", "warm_up_limit", "cpu"];

    [Theory]
    [InlineData("rat", "rate")]
    [InlineData("RATE", "rate")]
    [InlineData("raet", "rate")]
    [InlineData("warmup", "warm_up")]
    [InlineData("warm-up", "warm_up")]
    [InlineData("maxInFlight", "max_in_flight")]
    [InlineData("capacity", "capacity_share")]
    [InlineData("cpus", "cpu")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    [InlineData("r", null)]
    public void A_slip_leads_to_the_name_that_was_meant(string written, string? meant) =>
        Assert.Equal(meant, NearestName.Find(written, Keys));

    [Fact]
    public void A_very_long_name_is_not_compared() => Assert.Null(NearestName.Find(new string('r', 100_000), Keys));
}
