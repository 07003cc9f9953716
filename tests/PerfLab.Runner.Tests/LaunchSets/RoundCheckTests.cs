using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner.Tests.LaunchSets;

public sealed class RoundCheckTests
{
    [Fact]
    public void A_quiet_round_counts() => Assert.Null(RoundValidity.Find(3, Summary(0.0002), Summary(0.002), seconds: 1, stealSeconds: 0.05));

    [Fact]
    public void A_round_of_which_the_hypervisor_took_more_than_a_fifth_does_not_count()
    {
        var voided = RoundValidity.Find(3, Summary(0.0002), Summary(0.002), seconds: 1, stealSeconds: 0.21);

        Assert.Equal((3, "noisy-neighbour"), (voided!.Round, voided.Code));
        Assert.Equal(0.21, Assert.IsType<CpuStolen>(voided.Cause).StealRatio, 12);
    }

    [Theory]
    [InlineData(0.05, false)]
    [InlineData(0.06, true)]
    [InlineData(0.20, true)]
    public void A_round_of_which_the_hypervisor_took_a_twentieth_to_a_fifth_counts_without_its_response_times_however_late_requests_started(double stealSeconds, bool isDisturbed)
    {
        Assert.Equal(isDisturbed, RoundValidity.IsDisturbed(seconds: 1, stealSeconds));
        Assert.Equal(isDisturbed, RoundValidity.Find(3, Summary(0.5), Summary(0.002), seconds: 1, stealSeconds) is null);
    }

    [Fact]
    public void A_platform_without_steal_disturbs_nothing() => Assert.False(RoundValidity.IsDisturbed(seconds: 1, stealSeconds: null));

    [Fact]
    public void A_round_that_started_late_does_not_count() =>
        Assert.Equal("starts-late", RoundValidity.Find(0, Summary(0.0011), Summary(0.002), seconds: 1, stealSeconds: 0)!.Code);

    [Theory]
    [InlineData(63, 1, true)]
    [InlineData(150, 2, true)]
    [InlineData(150, 8, false)]
    [InlineData(10_000, 100, true)]
    [InlineData(10_000, 150, false)]
    public void A_few_late_starts_void_nothing(int requests, int late, bool counts)
    {
        var recorder = new LatencyRecorder();
        for (var request = 0; request < requests; request++)
        {
            recorder.RecordLateness(request < late ? 3_000_000 : 20_000);
        }

        var voided = RoundValidity.Find(0, recorder.StartLateness, Summary(0.002), seconds: 1, stealSeconds: 0);

        Assert.Equal(counts, voided is null);
    }

    [Fact]
    public void The_reason_says_how_many_were_how_late()
    {
        var recorder = new LatencyRecorder();
        for (var request = 0; request < 200; request++)
        {
            recorder.RecordLateness(request < 100 ? 3_000_000 : 20_000);
        }

        // HdrHistogram keeps three digits: 3 ms are read as up to 3.001 ms.
        var late = Assert.IsType<LateStarts>(RoundValidity.Find(0, recorder.StartLateness, null, seconds: 1, stealSeconds: 0)!.Cause);
        Assert.Equal((200L, 0.001), (late.Count, late.AllowedSeconds));
        Assert.InRange(late.LateCount, 1, 200);
        Assert.InRange(late.LateSeconds, 0.003, 0.0030015);
    }

    [Fact]
    public void Lateness_is_judged_against_slow_responses() =>
        Assert.Null(RoundValidity.Find(0, Summary(0.0011), Summary(0.050), seconds: 1, stealSeconds: 0));

    [Fact]
    public void A_platform_without_steal_is_judged_by_lateness_alone() =>
        Assert.Null(RoundValidity.Find(0, Summary(0.0002), Summary(0.002), seconds: 1, stealSeconds: null));

    private static LatencySummary Summary(double seconds) => new(100, seconds, seconds, [new(50, seconds), new(99, seconds)]);
}
