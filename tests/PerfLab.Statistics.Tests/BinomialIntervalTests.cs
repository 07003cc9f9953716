namespace PerfLab.Statistics.Tests;

public class BinomialIntervalTests
{
    // R 4, the example of ?binom.test (Mendel's peas after Conover 1971): binom.test(682, 682 + 243, p = 3/4).
    [Fact]
    public void It_is_the_interval_of_R()
    {
        var (low, high) = BinomialInterval.Of(682, 925);

        Assert.Equal(0.7076683, low, 7);
        Assert.Equal(0.7654066, high, 7);
    }

    // Without a success the upper bound solves (1 - p)^40 = 0.025.
    [Fact]
    public void No_success_still_leaves_room_above()
    {
        var (low, high) = BinomialInterval.Of(0, 40);

        Assert.Equal(0, low);
        Assert.Equal(1 - Math.Pow(0.025, 1 / 40.0), high, 10);
        Assert.Equal(1 - high, BinomialInterval.Of(40, 40).Low, 10);
        Assert.Equal(1, BinomialInterval.Of(40, 40).High);
    }

    // Both sums of binomial probabilities beyond the bounds are 2.5 %, by definition.
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 40)]
    [InlineData(7, 10)]
    public void At_each_bound_the_tail_holds_half_of_what_is_left(int successes, int trials)
    {
        var (low, high) = BinomialInterval.Of(successes, trials);

        Assert.Equal(0.025, Enumerable.Range(successes, trials - successes + 1).Sum(count => Probability(count, trials, low)), 8);
        Assert.Equal(0.025, Enumerable.Range(0, successes + 1).Sum(count => Probability(count, trials, high)), 8);
    }

    [Fact]
    public void Counts_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialInterval.Of(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialInterval.Of(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialInterval.Of(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialInterval.Of(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialInterval.Of(1, 2, 1));
    }

    private static double Probability(int count, int trials, double p)
    {
        var ways = Enumerable.Range(1, count).Aggregate(1.0, (product, i) => product * (trials - count + i) / i);
        return ways * Math.Pow(p, count) * Math.Pow(1 - p, trials - count);
    }
}
