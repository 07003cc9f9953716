using Shop.Services;

namespace Shop.Tests.Unit;

public sealed class NotificationTimesTests
{
    [Fact]
    public void Nothing_recorded_is_not_a_time_of_zero() =>
        Assert.Equal(new NotificationLatencyHistogram.Summary(0, null, null, null, null), new NotificationLatencyHistogram().Read());

    [Fact]
    public void Quantiles_are_right_to_the_width_of_a_bucket()
    {
        var times = new NotificationLatencyHistogram();
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
        {
            times.Record(TimeSpan.FromMilliseconds(milliseconds));
        }

        var summary = times.Read();

        // Of 1 to 1000 ms in equal steps; a bucket is at most 1/32 wide and its upper edge is told.
        Assert.Equal(1000, summary.Count);
        Assert.InRange(summary.P50Seconds!.Value, 0.500, 0.500 * 33 / 32);
        Assert.InRange(summary.P90Seconds!.Value, 0.900, 0.900 * 33 / 32);
        Assert.InRange(summary.P99Seconds!.Value, 0.990, 0.990 * 33 / 32);
        Assert.Equal(1, summary.LongestSeconds);
    }

    [Fact]
    public void A_clock_that_went_back_and_a_time_without_end_are_taken()
    {
        var times = new NotificationLatencyHistogram();
        times.Record(TimeSpan.FromSeconds(-1));
        times.Record(TimeSpan.FromDays(10));

        Assert.Equal(2, times.Read().Count);
    }

    [Fact]
    public void Beginning_anew_forgets_the_longest_too()
    {
        var times = new NotificationLatencyHistogram();
        times.Record(TimeSpan.FromSeconds(5));

        times.Clear();
        times.Record(TimeSpan.FromMilliseconds(10));

        Assert.Equal(1, times.Read().Count);
        Assert.Equal(0.01, times.Read().LongestSeconds!.Value, 6);
    }
}
