namespace PerfLab.Statistics.Tests;

public class DifferenceIntervalTests
{
    private const int SeedNormal = 20_261_123;
    private const int SeedOutliers = 20_261_124;

    // 10 - 4 = 6; below sqrt(3^2 + 4^2) = 5, above sqrt(12^2 + 5^2) = 13.
    [Fact]
    public void Each_bound_takes_the_far_side_of_one_estimate_and_the_near_side_of_the_other() =>
        Assert.Equal((6, 1, 19), DifferenceInterval.Of((4, -1, 8), (10, 7, 22)));

    [Fact]
    public void Estimates_without_any_uncertainty_differ_by_their_difference() =>
        Assert.Equal((3, 3, 3), DifferenceInterval.Of((1, 1, 1), (4, 4, 4)));

    [Fact]
    public void What_cannot_be_an_interval_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DifferenceInterval.Of((1, 2, 3), (1, 0, 2)));
        Assert.Throws<ArgumentException>(() => DifferenceInterval.Of((1, 0, double.NaN), (1, 0, 2)));
    }

    // Pairs of samples of different size and spread; the intervals below it hold 96.9 % at n = 6, 95.1 % at n = 10 and 95.2 % at
    // n = 20. The count strays by sqrt(0.03 * 0.97 / 20,000) = 0.12 points (SD).
    [Theory]
    [InlineData(6, 6)]
    [InlineData(10, 10)]
    [InlineData(20, 20)]
    [InlineData(6, 20)]
    public void Of_two_signed_rank_intervals_it_covers_about_as_often_as_they_do(int firstCount, int secondCount)
    {
        var draws = new Draws(SeedNormal);
        Assert.InRange(Coverage(2, () => Sample(firstCount, draws.Normal), () => Sample(secondCount, () => 2 + (3 * draws.Normal()))), 0.94, 0.985);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(20)]
    public void Outliers_in_both_samples_do_not_take_the_coverage_away(int count)
    {
        var draws = new Draws(SeedOutliers);
        Assert.InRange(Coverage(0, () => Sample(count, draws.OutlierRidden), () => Sample(count, draws.OutlierRidden)), 0.93, 0.99);
    }

    private static double Coverage(double difference, Func<Estimate> first, Func<Estimate> second)
    {
        const int Repetitions = 20_000;
        var covered = 0;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var (one, other) = (first(), second());
            var interval = DifferenceInterval.Of((one.Value, one.Low, one.High), (other.Value, other.Low, other.High));
            covered += interval.Low <= difference && interval.High >= difference ? 1 : 0;
        }

        return (double)covered / Repetitions;
    }

    private static Estimate Sample(int count, Func<double> draw) => SignedRankInterval.Of(Draws.Many(count, draw))!;
}
