namespace PerfLab.Statistics.Tests;

public class HolmTests
{
    [Fact]
    public void Each_value_is_multiplied_by_what_is_left_and_never_falls_below_a_smaller_one()
    {
        // Sorted 0.005 * 4 = 0.02, 0.01 * 3 = 0.03, 0.03 * 2 = 0.06, 0.04 * 1 = 0.04 raised to 0.06.
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02.
        var adjusted = Holm.Adjust([0.01, 0.04, 0.03, 0.005]);

        double[] expected = [0.03, 0.06, 0.06, 0.02];
        Assert.Equal(expected, adjusted, (left, right) => Math.Abs(left - right) < 1e-15);
    }

    [Fact]
    public void No_value_grows_above_one_and_a_single_one_stays()
    {
        Assert.Equal([1, 1], Holm.Adjust([0.9, 0.6]));
        Assert.Equal([0.04], Holm.Adjust([0.04]));
        Assert.Empty(Holm.Adjust([]));
    }

    [Fact]
    public void Equal_values_share_the_largest_factor() => Assert.Equal([0.75, 0.75, 0.75], Holm.Adjust([0.25, 0.25, 0.25]));

    [Theory]
    [InlineData(1, 6)] // 2/64 = 0.031
    [InlineData(2, 7)] // 2 * 2/128 = 0.031
    [InlineData(3, 7)] // 3 * 2/128 = 0.047
    [InlineData(4, 8)] // 4 * 2/256 = 0.031
    [InlineData(6, 8)] // 6 * 2/256 = 0.047
    [InlineData(7, 9)] // 7 * 2/512 = 0.027
    public void More_comparisons_need_more_values_before_anything_can_be_significant(int comparisons, int expected)
    {
        Assert.Equal(expected, Holm.SmallestSignedRankCount(comparisons));
        Assert.True(Holm.Adjust([.. Enumerable.Repeat(2 / Math.Pow(2, expected), comparisons)]).All(p => p <= 0.05));
        Assert.True(Holm.Adjust([.. Enumerable.Repeat(2 / Math.Pow(2, expected - 1), comparisons)]).All(p => p > 0.05));
    }

    /// <summary>Five true null hypotheses that share a baseline, 4,000 times: any false rejection in at most 5 %.</summary>
    [Fact]
    public void The_family_is_wrong_at_most_as_often_as_agreed()
    {
        const int seed = 20_261_105, repetitions = 4_000, arms = 5, count = 9;
        var draws = new Draws(seed);
        var wrong = 0;
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            var baseline = Draws.Many(count, draws.Normal);
            var pValues = Enumerable.Range(0, arms)
                .Select(_ => baseline.Select(value => draws.Normal() - value).ToArray())
                .Select(differences => Statistics.SignedRankTest.Test(differences).PValue)
                .ToArray();
            wrong += Holm.Adjust(pValues).Any(p => p <= 0.05) ? 1 : 0;
        }

        // Counting error: sqrt(0.05 * 0.95 / 4,000) = 0.35 %; three of them on top of 5 %.
        Assert.InRange((double)wrong / repetitions, 0, 0.05 + 0.0105);
    }

    [Fact]
    public void Certain_and_impossible_are_probabilities_too()
    {
        Assert.Equal([0, 1], Holm.Adjust([0, 1]));
        Assert.Throws<ArgumentException>(() => Holm.Adjust([-0.1, 0.5]));
    }

    [Fact]
    public void What_is_no_probability_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Holm.Adjust([0.5, 1.1]));
        Assert.Throws<ArgumentException>(() => Holm.Adjust([double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Holm.SmallestSignedRankCount(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Holm.SmallestSignedRankCount(3, 0));
    }
}
