namespace PerfLab.Statistics.Tests.Descriptions;

public class SpreadTests
{
    [Fact]
    public void The_deviation_divides_by_one_less_than_the_count()
    {
        // Mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, 32 / 7.
        Assert.Equal(Math.Sqrt(32 / 7.0), Spread.StandardDeviation([2, 4, 4, 4, 5, 5, 7, 9])!.Value, 14);
        Assert.Null(Spread.StandardDeviation([3]));
        Assert.Null(Spread.StandardDeviation([]));
    }

    [Fact]
    public void Groups_share_a_deviation_whatever_their_means()
    {
        // Squares 2 about the mean 2, 8 about the mean 102, none about 7: 10 over 2 + 1 + 0 degrees of freedom.
        var (deviation, degrees) = Assert.NotNull(Spread.Pooled([[1, 2, 3], [100, 104], [7]]));

        Assert.Equal(Math.Sqrt(10 / 3.0), deviation, 14);
        Assert.Equal(3, degrees);
        Assert.Null(Spread.Pooled([[1], []]));
    }

    [Fact]
    public void What_was_not_measured_is_refused() =>
        Assert.Throws<ArgumentException>(() => Spread.StandardDeviation([1, double.NaN]));
}
