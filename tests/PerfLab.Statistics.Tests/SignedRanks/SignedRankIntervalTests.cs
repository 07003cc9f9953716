namespace PerfLab.Statistics.Tests.SignedRanks;

public class SignedRankIntervalTests
{
    [Fact]
    public void The_example_of_R_gives_the_interval_that_R_prints()
    {
        // R 4: wilcox.test(x, y, paired = TRUE, conf.int = TRUE): (pseudo)median 0.46, interval 0.010 to 0.786.
        // Its bounds are the sixth Walsh averages from both ends, so the level is 1 - 2 * P(W+ <= 5) = 1 - 2 * 10/512 = 96.1 %.
        var estimate = SignedRankInterval.Of(SignedRankTestTests.Depression);

        Assert.NotNull(estimate);
        Assert.Equal(0.46, estimate.Value, 10);
        Assert.Equal(0.010, estimate.Low, 10);
        Assert.Equal(0.786, estimate.High, 10);
        Assert.Equal(1 - (20 / 512.0), estimate.ConfidenceLevel, 14);
        Assert.Equal(9, estimate.Count);
    }

    [Fact]
    public void Six_values_give_their_range_at_96_9_percent()
    {
        // Only the most extreme result is allowed (2/64), so the bounds are the extreme Walsh averages: least and greatest value.
        var estimate = SignedRankInterval.Of([3, 1, 2, 6, 4, 5]);

        Assert.NotNull(estimate);
        Assert.Equal((1, 6), (estimate.Low, estimate.High));
        Assert.Equal(3.5, estimate.Value);
        Assert.Equal(0.96875, estimate.ConfidenceLevel, 15);
    }

    [Fact]
    public void Below_six_values_there_is_no_95_percent_interval()
    {
        Assert.Null(SignedRankInterval.Of([1, 2, 3, 4, 5]));
        Assert.NotNull(SignedRankInterval.Of([1, 2, 3, 4, 5], 0.9));
        Assert.Null(SignedRankInterval.Of([]));
    }

    [Theory]
    [InlineData(0.90, 5)] // 2/32 = 0.0625
    [InlineData(0.95, 6)] // 2/64 = 0.03125
    [InlineData(0.99, 8)] // 2/256 = 0.0078
    [InlineData(0.9375, 5)] // exactly 1 - 2/32
    public void The_smallest_number_of_values_follows_from_the_most_extreme_result(double level, int expected)
    {
        Assert.Equal(expected, SignedRankInterval.SmallestCount(level));
        Assert.NotNull(SignedRankInterval.Of([.. Enumerable.Range(0, expected).Select(i => (double)i)], level));
        Assert.Null(SignedRankInterval.Of([.. Enumerable.Range(0, expected - 1).Select(i => (double)i)], level));
    }

    [Fact]
    public void The_interval_holds_exactly_the_values_that_the_test_does_not_reject()
    {
        // 500 nulls across the data; without ties at a null, rejected at 5 % means outside and the reverse.
        var estimate = SignedRankInterval.Of(SignedRankTestTests.Depression)!;
        for (var step = 0; step < 500; step++)
        {
            var candidate = -0.4003 + (step * 0.0031);
            var rejected = SignedRankTest.Test(SignedRankTestTests.Depression, candidate).PValue <= 0.05;
            Assert.Equal(rejected, candidate < estimate.Low || candidate > estimate.High);
        }
    }

    [Fact]
    public void Shift_and_scale_carry_over()
    {
        var plain = SignedRankInterval.Of(SignedRankTestTests.Maize)!;
        var moved = SignedRankInterval.Of([.. SignedRankTestTests.Maize.Select(value => (value * 8) + 1024)])!;

        Assert.Equal((plain.Value * 8) + 1024, moved.Value, 9);
        Assert.Equal((plain.Low * 8) + 1024, moved.Low, 9);
        Assert.Equal((plain.High * 8) + 1024, moved.High, 9);
    }

    [Fact]
    public void Equal_values_give_an_interval_of_no_width()
    {
        var estimate = SignedRankInterval.Of([2, 2, 2, 2, 2, 2])!;

        Assert.Equal((2, 2, 2), (estimate.Value, estimate.Low, estimate.High));
    }

    [Fact]
    public void Impossible_levels_and_values_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankInterval.Of([1, 2, 3, 4, 5, 6], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankInterval.Of([1, 2, 3, 4, 5, 6], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankInterval.SmallestCount(double.NaN));
        Assert.Throws<ArgumentException>(() => SignedRankInterval.Of([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => SignedRankInterval.Of(new double[1001]));
    }
}
