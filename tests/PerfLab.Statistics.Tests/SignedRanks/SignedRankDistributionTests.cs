namespace PerfLab.Statistics.Tests.SignedRanks;

public class SignedRankDistributionTests
{
    /// <summary>
    /// Critical values of the smaller rank sum, two-sided, as printed in the usual tables (Wilcoxon, Katti and Wilcox 1963;
    /// Siegel 1956, table G; Hollander and Wolfe, table A.4).
    /// </summary>
    public static TheoryData<double, int, int?> PublishedCriticalValues
    {
        get
        {
            var data = new TheoryData<double, int, int?>();
            Add(0.05, [(5, null), (6, 0), (7, 2), (8, 3), (9, 5), (10, 8), (11, 10), (12, 13), (13, 17), (14, 21), (15, 25)]);
            Add(0.05, [(16, 29), (17, 34), (18, 40), (19, 46), (20, 52), (25, 89), (30, 137)]);
            Add(0.01, [(7, null), (8, 0), (9, 1), (10, 3), (11, 5), (12, 7), (13, 9), (14, 12), (15, 15), (16, 19), (17, 23)]);
            Add(0.01, [(18, 27), (19, 32), (20, 37), (25, 68), (30, 109)]);
            Add(0.10, [(4, null), (5, 0), (6, 2), (7, 3), (8, 5), (9, 8), (10, 10), (11, 13), (12, 17), (13, 21), (14, 25)]);
            return data;

            void Add(double alpha, (int Count, int? Critical)[] rows) =>
                Array.ForEach(rows, row => data.Add(alpha, row.Count, row.Critical));
        }
    }

    [Theory]
    [MemberData(nameof(PublishedCriticalValues))]
    public void Critical_values_are_those_of_the_published_tables(double alpha, int count, int? expected) =>
        Assert.Equal(expected, SignedRankDistribution.Untied(count).LowerCriticalValue(alpha / 2));

    [Theory]
    [InlineData(3, 0, 1)] // {}
    [InlineData(3, 3, 5)] // {} {1} {2} {3} {1,2} of 8
    [InlineData(6, 0, 1)]
    [InlineData(6, 2, 3)] // {} {1} {2} of 64
    [InlineData(10, 8, 25)] // partitions of 0..8 into distinct parts: 1+1+1+2+2+3+4+5+6 of 1024
    public void Tail_probabilities_count_subsets(int count, int sum, int subsets) =>
        Assert.Equal(subsets / Math.Pow(2, count), SignedRankDistribution.Untied(count).AtMost(sum), 15);

    [Fact]
    public void The_distribution_is_symmetric_and_whole()
    {
        var distribution = SignedRankDistribution.Untied(12);

        Assert.Equal(78, distribution.Maximum); // 12 * 13 / 2
        Assert.Equal(0, distribution.AtMost(-1));
        Assert.Equal(1, distribution.AtMost(78));
        Assert.Equal(1, distribution.AtMost(200));
        Assert.Equal(1, distribution.AtLeast(-3));
        Assert.Equal(0, distribution.AtLeast(79));
        for (var sum = 0; sum <= 78; sum++)
        {
            Assert.Equal(distribution.AtMost(sum), distribution.AtLeast(78 - sum), 14);
            Assert.Equal(1, distribution.AtMost(sum) + distribution.AtLeast(sum + 1), 14);
        }
    }

    [Fact]
    public void Tied_ranks_keep_their_own_distribution()
    {
        // Doubled midranks 3, 3, 6 of the magnitudes 1, 1, 2: sums 0, 3, 3, 6, 6, 9, 9, 12, each with 1/8.
        var distribution = SignedRankDistribution.Of([3, 3, 6]);

        Assert.Equal(1 / 8.0, distribution.AtMost(2), 15);
        Assert.Equal(3 / 8.0, distribution.AtMost(3), 15);
        Assert.Equal(5 / 8.0, distribution.AtMost(6), 15);
        Assert.Equal(1 / 8.0, distribution.AtLeast(12), 15);
    }

    [Fact]
    public void No_ranks_make_a_sum_of_zero_certain()
    {
        var distribution = SignedRankDistribution.Untied(0);

        Assert.Equal(0, distribution.Maximum);
        Assert.Equal(1, distribution.AtMost(0));
        Assert.Equal(1, distribution.AtLeast(0));
        Assert.Null(distribution.LowerCriticalValue(0.025));
    }

    [Fact]
    public void Five_hundred_ranks_neither_overflow_nor_lose_the_middle()
    {
        Simulations.SkipWhereUnwanted();
        var distribution = SignedRankDistribution.Untied(500);

        // The mean is 500 * 501 / 4 = 62625; by symmetry P(W <= mean) - P(W < mean) / 1 straddles one half.
        Assert.True(distribution.AtMost(62_624) < 0.5 && distribution.AtMost(62_625) > 0.5);
    }

    [Fact]
    public void As_large_ranks_as_promised_are_taken() => Assert.Equal(2_000, SignedRankDistribution.Of([2_000]).Maximum);

    [Fact]
    public void As_many_ranks_as_promised_are_taken()
    {
        Simulations.SkipWhereUnwanted();
        Assert.Equal(500_500, SignedRankDistribution.Untied(SignedRankDistribution.MaxCount).Maximum);
    }

    [Fact]
    public void Ranks_that_are_no_ranks_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SignedRankDistribution.Of([1, 0]));
        Assert.Throws<ArgumentException>(() => SignedRankDistribution.Of([2001]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankDistribution.Untied(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankDistribution.Untied(1001));
        Assert.Throws<ArgumentException>(() => SignedRankDistribution.Of([.. Enumerable.Repeat(1, 1001)]));
    }
}
