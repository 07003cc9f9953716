namespace PerfLab.Statistics.Tests.SignedRanks;

public class SignedRankTestTests
{
    /// <summary>Hamilton depression scores of nine patients, first visit less second: Hollander and Wolfe 1973, table 3.1; the example of R's <c>?wilcox.test</c>.</summary>
    internal static readonly double[] Depression =
    [
        1.83 - 0.878, 0.50 - 0.647, 1.62 - 0.598, 2.48 - 2.05, 1.68 - 1.06, 1.88 - 1.29, 1.55 - 1.06, 3.06 - 3.14, 1.30 - 1.29,
    ];

    /// <summary>Darwin's crossed less self-fertilised maize, eighths of an inch: Fisher 1935, The Design of Experiments, chapter III.</summary>
    internal static readonly double[] Maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

    [Fact]
    public void The_example_of_R_gives_what_R_prints()
    {
        // R 4: wilcox.test(x, y, paired = TRUE, alternative = "greater"): V = 40, p-value = 0.01953 (10 of 512 patterns).
        var result = SignedRankTest.Test(Depression, alternative: Alternative.Greater);

        Assert.Equal(40, result.Statistic);
        Assert.Equal(10 / 512.0, result.PValue, 15);
        Assert.Equal(9, result.Count);
    }

    [Fact]
    public void The_two_sided_value_is_twice_the_smaller_tail_and_never_above_one()
    {
        Assert.Equal(20 / 512.0, SignedRankTest.Test(Depression).PValue, 15);
        Assert.Equal(1, SignedRankTest.Test([1, -1]).PValue);
    }

    [Fact]
    public void Darwins_maize_gives_the_published_rank_sum_and_value()
    {
        // Negative are 48 (rank 10) and 67 (rank 14): W- = 24, W+ = 120 - 24 = 96. R: p-value = 0.04126.
        var result = SignedRankTest.Test(Maize);

        Assert.Equal(96, result.Statistic);
        Assert.Equal(0.04126, result.PValue, 5);
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, -3, 4, 5, 6, -7, 8 })]
    [InlineData(new[] { 1.0, 1, -1, 2, 2, -2, 3, 3 })]
    [InlineData(new[] { 5.0, 5, 5, 5, 5, -5 })]
    [InlineData(new[] { 0.0, 0, 1, -2, 3, 3, 4 })]
    [InlineData(new[] { 0.0, 0, 0, -1 })]
    [InlineData(new[] { -0.5, 1.5, 1.5, 2.5, -2.5, 2.5, 0, 7, 8, 8, 9 })]
    public void Ties_and_zeros_have_the_exact_distribution_of_all_sign_patterns(double[] values)
    {
        var (above, below) = BruteForce.Tails(values);

        Assert.Equal(above, SignedRankTest.Test(values, alternative: Alternative.Greater).PValue, 14);
        Assert.Equal(below, SignedRankTest.Test(values, alternative: Alternative.Less).PValue, 14);
        Assert.Equal(Math.Min(1, 2 * Math.Min(above, below)), SignedRankTest.Test(values).PValue, 14);
    }

    [Fact]
    public void Zeros_are_ranked_first_and_then_left_out()
    {
        // Magnitudes 0, 1, 2, 3 have ranks 1 to 4; without the zero W+ = 2 + 4 = 6 and W- = 3, Wilcoxon's way it would be 1 + 3.
        var result = SignedRankTest.Test([0, 1, -2, 3]);

        Assert.Equal(6, result.Statistic);
        Assert.Equal(4, result.Count);
    }

    [Fact]
    public void A_shifted_null_asks_for_more_than_any_change()
    {
        // All six above 0: 2/64. Less 2.6 they are -1.6, -0.6, 2.4, 3.4, 4.4, 5.4: W- = 1 + 2 = 3, and of the 64 subsets of
        // ranks {}, {1}, {2}, {3} and {1, 2} have a sum of 3 or less.
        double[] values = [1, 2, 5, 6, 7, 8];

        Assert.Equal(2 / 64.0, SignedRankTest.Test(values).PValue, 15);
        Assert.Equal(5 / 64.0, SignedRankTest.Test(values, 2.6, Alternative.Greater).PValue, 15);
    }

    [Fact]
    public void Nothing_and_only_zeros_are_no_evidence()
    {
        Assert.Equal(1, SignedRankTest.Test([]).PValue);
        Assert.Equal(1, SignedRankTest.Test([3, 3, 3], 3).PValue);
        Assert.Equal(1, SignedRankTest.Test([3, 3, 3], 3, Alternative.Greater).PValue);
    }

    [Fact]
    public void Swapping_the_sides_swaps_the_alternatives()
    {
        double[] turned = [.. Maize.Select(value => -value)];

        Assert.Equal(
            SignedRankTest.Test(Maize, alternative: Alternative.Greater).PValue,
            SignedRankTest.Test(turned, alternative: Alternative.Less).PValue,
            15);
    }

    [Fact]
    public void What_was_not_measured_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => SignedRankTest.Test([1, double.NaN]));
        Assert.Contains("Value 1 is NaN", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SignedRankTest.Test([1], double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => SignedRankTest.Test(new double[1001]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankTest.Test([1], 0, (Alternative)9));
    }
}
