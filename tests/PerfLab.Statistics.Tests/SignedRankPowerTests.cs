namespace PerfLab.Statistics.Tests;

public class SignedRankPowerTests
{
    private const int SeedPower = 20_261_106;

    /// <summary>The promise itself: at the detectable effect the real test rejects in 80 % of simulated experiments.</summary>
    [Theory]
    [InlineData(6, 0.8)]
    [InlineData(7, 0.8)]
    [InlineData(8, 0.8)]
    [InlineData(10, 0.8)]
    [InlineData(12, 0.9)]
    [InlineData(20, 0.8)]
    [InlineData(30, 0.8)]
    public void The_detectable_effect_is_found_as_often_as_promised(int count, double power)
    {
        const int repetitions = 10_000;
        var effect = SignedRankPower.DetectableEffect(count, 3, power: power)!.Value;
        var draws = new Draws(SeedPower);
        var found = 0;
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            found += SignedRankTest.Test(Draws.Many(count, () => effect + (3 * draws.Normal()))).PValue <= 0.05 ? 1 : 0;
        }

        // Counting error: sqrt(0.8 * 0.2 / 10,000) = 0.4 %; the rest is the approximation, which is off by up to 2 % in the effect.
        Assert.InRange((double)found / repetitions, power - 0.02, power + 0.02);
    }

    [Fact]
    public void With_six_values_all_must_lie_on_one_side()
    {
        // P(all six above 0) = 0.8 asks for P(one above) = 0.8^(1/6) = 0.96349; its normal quantile is 1.7927
        // (tables: 1.79 at 0.96327, 1.80 at 0.96407).
        Assert.Equal(1.7927, SignedRankPower.DetectableEffect(6, 1)!.Value, 3);
        Assert.Equal(2 * 1.7927, SignedRankPower.DetectableEffect(6, 2)!.Value, 3);
    }

    [Fact]
    public void Without_spread_everything_is_found_and_with_too_few_values_nothing()
    {
        Assert.Equal(0, SignedRankPower.DetectableEffect(10, 0));
        Assert.Null(SignedRankPower.DetectableEffect(5, 1));
        Assert.Null(SignedRankPower.DetectableEffect(0, 1));
    }

    [Theory]
    [InlineData(0.90)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void More_values_never_find_less(double level)
    {
        var effects = Enumerable.Range(SignedRankInterval.SmallestCount(level), 60)
            .Select(count => SignedRankPower.DetectableEffect(count, 1, level)!.Value)
            .ToArray();

        Assert.Equal(effects.OrderDescending(), effects);
    }

    [Theory]
    [InlineData(0.03, 0.02)]
    [InlineData(0.01, 0.03)]
    [InlineData(0.05, 0.001)]
    public void The_sample_size_is_the_first_that_reaches_the_effect(double effect, double deviation)
    {
        var count = SignedRankPower.SampleSize(effect, deviation)!.Value;

        Assert.True(SignedRankPower.DetectableEffect(count, deviation) <= effect);
        Assert.True(count == 6 || SignedRankPower.DetectableEffect(count - 1, deviation) > effect);
    }

    [Fact]
    public void The_sample_size_has_a_floor() => Assert.Equal(6, SignedRankPower.SampleSize(1, 0));

    [Fact]
    public void The_sample_size_has_a_ceiling()
    {
        Simulations.SkipWhereUnwanted();
        Assert.Null(SignedRankPower.SampleSize(0.001, 1));
    }

    [Fact]
    public void The_sample_size_is_that_of_a_search_through_all()
    {
        foreach (var effect in new[] { 0.5, 0.7, 1, 1.5, 1.79, 1.8 })
        {
            Assert.Equal(Enumerable.Range(6, 60).First(count => SignedRankPower.DetectableEffect(count, 1) <= effect), SignedRankPower.SampleSize(effect, 1));
        }
    }

    [Fact]
    public void Impossible_questions_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankPower.DetectableEffect(10, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankPower.DetectableEffect(10, 1, level: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankPower.DetectableEffect(10, 1, power: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankPower.DetectableEffect(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankPower.SampleSize(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankPower.SampleSize(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRankPower.SampleSize(double.PositiveInfinity, 1));
    }
}
