namespace PerfLab.Statistics.Tests.Descriptions;

public class TukeyFencesTests
{
    [Fact]
    public void Values_outside_the_fences_are_named_with_their_place()
    {
        // Sorted 1 2 3 4 5 6 7 12 25: quartiles (type 7, positions 2 and 6) 3 and 7, range 4; fences -3 and 13.
        var outliers = TukeyFences.Outside([25, 1, 2, 3, 4, 5, 6, 7, 12]);

        Assert.Equal([new Outlier(0, 25)], outliers);
    }

    [Fact]
    public void Low_values_are_named_too()
    {
        // Quartiles 3 and 7 as above: -4 is 7 below the lower one, beyond 6.
        Assert.Equal([new Outlier(8, -4)], TukeyFences.Outside([2, 3, 3, 4, 5, 6, 7, 8, -4, 7]).Where(o => o.Value < 0));
    }

    [Fact]
    public void A_value_on_the_fence_is_inside()
    {
        // 1 2 3 4 5 6 7 12 13: quartiles 3 and 7, fence at 13.
        Assert.Empty(TukeyFences.Outside([1, 2, 3, 4, 5, 6, 7, 12, 13]));
        Assert.Equal([new Outlier(8, 13.01)], TukeyFences.Outside([1, 2, 3, 4, 5, 6, 7, 12, 13.01]));
    }

    [Fact]
    public void Few_values_have_no_outliers()
    {
        Assert.Empty(TukeyFences.Outside([1, 1, 1, 1000]));
        Assert.NotEmpty(TukeyFences.Outside([1, 1, 1, 1, 1000]));
    }

    [Fact]
    public void What_was_not_measured_is_refused() =>
        Assert.Throws<ArgumentException>(() => TukeyFences.Outside([double.NaN]));
}
