namespace PerfLab.Statistics.Tests.Descriptions;

public class QuantileTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)] // position 3 * 0.25 = 0.75: 1 + 0.75 * (2 - 1)
    [InlineData(0.5, 3)] // position 1.5: between 2 and 4
    [InlineData(0.9, 6.8)] // position 2.7: 4 + 0.7 * (8 - 4)
    [InlineData(1, 8)]
    public void Order_statistics_are_joined_by_straight_lines(double probability, double expected)
    {
        // R: quantile(c(1, 2, 4, 8), c(0, .25, .5, .9, 1)) is 1.0 1.75 3.0 6.8 8.0.

        Assert.Equal(expected, Quantile.Of([8, 1, 4, 2], probability), 12);
    }

    [Fact]
    public void The_median_is_the_middle_or_the_mean_of_the_two_in_it()
    {
        Assert.Equal(2, Quantile.Median([3, 1, 2]));
        Assert.Equal(2.5, Quantile.Median([3, 1, 2, 4]));
        Assert.Equal(5, Quantile.Median([5]));
    }

    [Fact]
    public void The_values_given_keep_their_order()
    {
        double[] values = [3, 1, 2];
        _ = Quantile.Median(values);
        Assert.Equal([3, 1, 2], values);
    }

    [Fact]
    public void Below_nothing_there_is_no_quantile() => Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.Of([1], -0.1));

    [Fact]
    public void Nothing_has_no_quantile()
    {
        Assert.Throws<ArgumentException>(() => Quantile.Median([]));
        Assert.Throws<ArgumentException>(() => Quantile.Median([double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.Of([1], 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.Of([1], double.NaN));
    }
}
