using PerfLab.Statistics.Tests.SignedRanks;

namespace PerfLab.Statistics.Tests;

public class SignFlipTestTests
{
    [Fact]
    public void Fishers_own_example_gives_his_count()
    {
        // The Design of Experiments, section 21: 863 of 32,768 patterns have a total of 314 or more; twice that, two-sided.
        var result = SignFlipTest.Test(SignedRankTestTests.Maize);

        Assert.Equal(314 / 15.0, result.Mean, 12);
        Assert.Equal(2 * 863 / 32_768.0, result.PValue, 15);
        Assert.True(result.IsExact);
        Assert.Equal(32_768, result.PatternCount);
    }

    [Fact]
    public void A_shifted_null_moves_the_values_first()
    {
        // 3, 4, 5 less 3 is 0, 1, 2: totals +-3 in 4 of 8 patterns (the sign of 0 does not matter).
        var result = SignFlipTest.Test([3, 4, 5], 3);

        Assert.Equal(1, result.Mean);
        Assert.Equal(0.5, result.PValue);
    }

    [Fact]
    public void Sums_in_another_order_still_count_as_equal()
    {
        // 0.1 + 0.2 + 0.3 and its exact negation only: 2 of 8.
        Assert.Equal(0.25, SignFlipTest.Test([0.1, 0.2, 0.3]).PValue);
        Assert.Equal(1, SignFlipTest.Test([0, 0]).PValue);
        Assert.Equal(1, SignFlipTest.Test([5]).PValue);
    }

    [Fact]
    public void Many_values_are_drawn_with_a_seed_and_agree_with_the_exact_answer()
    {
        Simulations.SkipWhereUnwanted();

        // Maize three times over is beyond 20 values. The normal approximation: total 942, sd sqrt(3 * sum of squares) with
        // sum of squares 26,518: 282.06; z = 3.3398, p = 0.00084. Drawing error: sqrt(p / 99,999) = 0.00009.
        double[] values = [.. SignedRankTestTests.Maize, .. SignedRankTestTests.Maize, .. SignedRankTestTests.Maize];
        var first = SignFlipTest.Test(values, seed: 7);

        Assert.False(first.IsExact);
        Assert.Equal(99_999, first.PatternCount);
        Assert.InRange(first.PValue, 0.0004, 0.0012);
        Assert.Equal(first, SignFlipTest.Test(values, seed: 7));
    }

    [Fact]
    public void Drawn_patterns_come_as_often_as_tosses_of_a_coin()
    {
        // 17 heads and 4 tails: at least so many of one kind come with 2 (5,985 + 1,330 + 210 + 21 + 1) / 2^21 = 0.0072, and
        // 19,999 draws are off by sqrt(0.0072 / 19,999) = 0.0006.
        double[] tosses = [.. Enumerable.Repeat(1.0, 17), .. Enumerable.Repeat(-1.0, 4)];

        var result = SignFlipTest.Test(tosses, draws: 19_999, seed: 7);

        Assert.Equal(13 / 21.0, result.Mean, 12);
        Assert.InRange(result.PValue, 0.0054, 0.0090);
    }

    [Fact]
    public void A_drawn_value_is_never_zero() =>
        Assert.Equal(1 / 11.0, SignFlipTest.Test([.. Enumerable.Repeat(1.0, 60)], draws: 10).PValue, 15);

    [Fact]
    public void Twenty_values_are_counted_and_twenty_one_are_drawn()
    {
        var counted = SignFlipTest.Test([.. Enumerable.Repeat(1.0, SignFlipTest.MaxExactCount)]);
        var drawn = SignFlipTest.Test([.. Enumerable.Repeat(1.0, SignFlipTest.MaxExactCount + 1)], draws: 1);

        // All on one side: 2 of 2^20 patterns.
        Assert.Equal((2 / 1_048_576.0, true, 1_048_576L), (counted.PValue, counted.IsExact, counted.PatternCount));
        Assert.Equal((false, 1L), (drawn.IsExact, drawn.PatternCount));
    }

    [Fact]
    public void The_mean_of_drawn_values_is_theirs_after_the_shift() =>
        Assert.Equal(2, SignFlipTest.Test([.. Enumerable.Repeat(5.0, 30)], 3, draws: 5).Mean, 12);

    [Fact]
    public void Nothing_cannot_be_tested()
    {
        Assert.Throws<ArgumentException>(() => SignFlipTest.Test([]));
        Assert.Throws<ArgumentException>(() => SignFlipTest.Test([double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignFlipTest.Test([1], draws: 0));
    }
}
