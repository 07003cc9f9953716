namespace PerfLab.Statistics.Tests.SignedRanks;

public class HodgesLehmannTests
{
    [Fact]
    public void The_centre_is_the_median_of_all_pairwise_averages()
    {
        // 1, 2, 4: averages 1, 1.5, 2, 2.5, 3, 4; the median is (2 + 2.5) / 2.
        Assert.Equal([1, 1.5, 2, 2.5, 3, 4], WalshAverages.Sorted([4, 1, 2]));
        Assert.Equal(2.25, HodgesLehmann.Center([4, 1, 2]));
        Assert.Equal(7, HodgesLehmann.Center([7]));
    }

    [Fact]
    public void One_wild_value_hardly_moves_the_centre()
    {
        // Ten values around 10 of which one becomes 1e9: still within the others.
        var centre = HodgesLehmann.Center([9, 9.5, 10, 10, 10.2, 10.4, 10.6, 11, 11.1, 1e9]);

        Assert.InRange(centre, 9, 11.1);
    }

    [Fact]
    public void Huge_values_do_not_overflow() =>
        Assert.Equal(double.MaxValue, HodgesLehmann.Center([double.MaxValue, double.MaxValue]));

    [Fact]
    public void The_centre_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => HodgesLehmann.Center([]));
        Assert.Throws<ArgumentException>(() => HodgesLehmann.Center([double.NaN]));
        Assert.Throws<ArgumentException>(() => WalshAverages.Sorted(new double[5001]));
        Assert.Empty(WalshAverages.Sorted([]));
    }
}
