using PerfLab.Load.Simulations;

namespace PerfLab.Load.Tests;

public sealed class ArrivalScheduleTests
{
    [Fact]
    public void A_constant_rate_starts_at_zero_and_keeps_equal_distances()
    {
        var schedule = ArrivalSchedule.Constant(1000, TimeSpan.FromSeconds(2));

        Assert.Equal(2000, schedule.Count);
        for (var i = 0; i < schedule.Count; i++)
        {
            // One nanosecond of rounding.
            Assert.InRange(schedule.OffsetsNanoseconds[i] - (i * 1_000_000L), -1, 1);
        }
    }

    [Theory]
    [InlineData(333.3, 0.1, 33)]
    [InlineData(5000, 0.1, 500)]
    [InlineData(0.5, 1, 0)]
    [InlineData(0.6, 1, 1)]
    public void A_constant_rate_has_the_rounded_number_of_starts(double rate, double seconds, int expected) =>
        Assert.Equal(expected, ArrivalSchedule.Constant(rate, TimeSpan.FromSeconds(seconds)).Count);

    // rate * 0.1 s * 40 parts: 5/s has 20 starts in 4 s, 14/s has 56, and 1/s has 4.
    [Theory]
    [InlineData(1, 4)]
    [InlineData(5, 20)]
    [InlineData(14, 56)]
    [InlineData(333.3, 1334)]
    [InlineData(1200, 4800)]
    public void The_parts_of_a_constant_rate_have_the_starts_of_the_whole_at_equal_distances(double rate, int expected)
    {
        long[] starts = [.. Enumerable.Range(0, 40).SelectMany(part => ArrivalSchedule.ConstantPart(rate, TimeSpan.FromSeconds(0.1), part)
            .OffsetsNanoseconds.ToArray().Select(offset => (part * 100_000_000L) + offset))];

        Assert.Equal(expected, starts.Length);
        for (var i = 0; i < starts.Length; i++)
        {
            // A microsecond of rounding.
            Assert.InRange(starts[i] - (i / rate * 1e9), -1000, 1000);
        }
    }

    [Theory]
    [InlineData(1200, 0.05)]
    [InlineData(1000, 0.02)]
    [InlineData(10, 0.1)]
    public void A_part_with_a_whole_number_of_starts_is_a_schedule_of_its_own(double rate, double seconds) =>
        Assert.All(Enumerable.Range(0, 100), part => Assert.Equal(
            ArrivalSchedule.Constant(rate, TimeSpan.FromSeconds(seconds)).OffsetsNanoseconds.ToArray(),
            ArrivalSchedule.ConstantPart(rate, TimeSpan.FromSeconds(seconds), part).OffsetsNanoseconds.ToArray()));

    [Fact]
    public void Equal_seeds_give_equal_poisson_schedules_and_others_do_not()
    {
        var one = ArrivalSchedule.Poisson(500, TimeSpan.FromSeconds(2), 7);
        var same = ArrivalSchedule.Poisson(500, TimeSpan.FromSeconds(2), 7);
        var other = ArrivalSchedule.Poisson(500, TimeSpan.FromSeconds(2), 8);

        Assert.Equal(one.OffsetsNanoseconds, same.OffsetsNanoseconds);
        Assert.False(one.OffsetsNanoseconds.SequenceEqual(other.OffsetsNanoseconds));
    }

    [Fact]
    public void A_poisson_schedule_never_changes_between_versions()
    {
        // First gap with seed 1: SplitMix64(1) gives 0x910a2dec89025cc1 (the reference implementation's first output for
        // seed 1), so u = 0.5665615751722809 and -ln(1-u)/1000 s = 836,006.6 ns.
        var schedule = ArrivalSchedule.Poisson(1000, TimeSpan.FromSeconds(1), 1);

        Assert.Equal(836_005, schedule.OffsetsNanoseconds[0], tolerance: 2);
    }

    [Fact]
    public void Poisson_gaps_have_the_mean_and_the_variance_of_exponential_ones()
    {
        const double rate = 1000;
        var schedule = ArrivalSchedule.Poisson(rate, TimeSpan.FromSeconds(100), 20261123);
        var gaps = new List<double>();
        for (var i = 1; i < schedule.Count; i++)
        {
            gaps.Add((schedule.OffsetsNanoseconds[i] - schedule.OffsetsNanoseconds[i - 1]) / 1e9);
        }

        var mean = gaps.Average();
        var variance = gaps.Sum(gap => (gap - mean) * (gap - mean)) / (gaps.Count - 1);

        // 100,000 gaps: standard errors are 0.32 % of the mean and 0.9 % of the variance (kurtosis 9); 5 of them allowed.
        Assert.InRange(mean * rate, 1 - 0.016, 1 + 0.016);
        Assert.InRange(variance * rate * rate, 1 - 0.045, 1 + 0.045);
        // The count has a standard deviation of sqrt(100,000) = 316.
        Assert.InRange(schedule.Count, 100_000 - (5 * 316), 100_000 + (5 * 316));
    }

    [Fact]
    public void All_starts_lie_in_order_before_the_end()
    {
        var schedule = ArrivalSchedule.Poisson(2000, TimeSpan.FromMilliseconds(500), 3);

        var previous = 0L;
        foreach (var offset in schedule.OffsetsNanoseconds)
        {
            Assert.InRange(offset, previous, 500_000_000 - 1);
            previous = offset;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_that_is_not_positive_is_refused(double rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ArrivalSchedule.Constant(rate, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ArrivalSchedule.Poisson(rate, TimeSpan.FromSeconds(1), 1));
    }

    [Fact]
    public void A_duration_that_is_not_positive_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ArrivalSchedule.Constant(1, TimeSpan.Zero));
}
