using PerfLab.Experiments.Results;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner.Tests.LaunchSets;

public sealed class RoundCheckTests
{
    [Fact]
    public void A_quiet_round_counts() => Assert.Null(RoundValidity.Find(3, Summary(0.0002), Summary(0.002), seconds: 1, stealSeconds: 0.05));

    [Fact]
    public void A_round_of_which_the_hypervisor_took_more_than_a_twentieth_does_not_count()
    {
        var voided = RoundValidity.Find(3, Summary(0.0002), Summary(0.002), seconds: 1, stealSeconds: 0.06);

        Assert.Equal((3, "noisy-neighbour"), (voided!.Round, voided.Code));
        Assert.Contains("6 %", voided.Facts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_round_that_started_late_does_not_count() =>
        Assert.Equal("starts-late", RoundValidity.Find(0, Summary(0.0011), Summary(0.002), seconds: 1, stealSeconds: 0)!.Code);

    [Fact]
    public void Lateness_is_judged_against_slow_responses() =>
        Assert.Null(RoundValidity.Find(0, Summary(0.0011), Summary(0.050), seconds: 1, stealSeconds: 0));

    [Fact]
    public void A_platform_without_steal_is_judged_by_lateness_alone() =>
        Assert.Null(RoundValidity.Find(0, Summary(0.0002), Summary(0.002), seconds: 1, stealSeconds: null));

    private static LatencySummary Summary(double seconds) => new(100, seconds, seconds, [new(50, seconds), new(99, seconds)]);
}
