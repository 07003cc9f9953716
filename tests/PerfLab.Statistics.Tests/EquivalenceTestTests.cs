namespace PerfLab.Statistics.Tests;

public class EquivalenceTestTests
{
    [Fact]
    public void Both_sides_must_be_rejected()
    {
        // Six values, all above -1 and all below 0.35: 1/64 on both sides. Against an upper margin of 0.25 the value 0.3 lies
        // above by 0.05, the smallest magnitude: W+ = 1, P(W+ <= 1) = 2/64.
        double[] values = [0, 0.1, -0.1, 0.2, -0.2, 0.3];

        Assert.Equal(1 / 64.0, EquivalenceTest.Test(values, -1, 0.35).PValue, 15);
        var tighter = EquivalenceTest.Test(values, -1, 0.26);
        Assert.Equal(1 / 64.0, tighter.PAboveLower, 15);
        Assert.Equal(2 / 64.0, tighter.PBelowUpper, 15);
        Assert.Equal(2 / 64.0, tighter.PValue, 15);
    }

    [Theory]
    [InlineData(-0.05, 0.8)]
    [InlineData(0.005, 0.8)]
    [InlineData(0.02, 0.8)]
    [InlineData(0.005, 0.78)]
    public void It_agrees_with_the_interval_inside_the_margins(double lower, double upper)
    {
        var values = SignedRankTestTestsData;
        var interval = SignedRankInterval.Of(values)!;

        Assert.Equal(
            interval.Low > lower && interval.High < upper,
            EquivalenceTest.Test(values, lower, upper).PValue <= 0.025);
    }

    [Fact]
    public void Margins_out_of_order_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EquivalenceTest.Test([1], 1, 1));
        Assert.Throws<ArgumentException>(() => EquivalenceTest.Test([1], double.NaN, 1));
    }

    private static double[] SignedRankTestTestsData => SignedRanks.SignedRankTestTests.Depression;
}
