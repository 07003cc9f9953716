using PerfLab.Analysis.Metrics;

namespace PerfLab.Analysis.Tests;

/// <summary>What happens exactly on a limit, which no simulated run ever hits.</summary>
public class VerdictRuleTests
{
    [Theory]
    [InlineData(0.02, 0.05, Verdict.Same)]
    [InlineData(-0.05, 0.01, Verdict.Same)]
    [InlineData(-0.05, 0.05, Verdict.Same)]
    [InlineData(0.05, 0.05, Verdict.Same)]
    [InlineData(0.05, 0.06, Verdict.Inconclusive)]
    [InlineData(-0.06, -0.05, Verdict.Inconclusive)]
    [InlineData(0.0501, 0.06, Verdict.Slower)]
    [InlineData(-0.06, -0.0501, Verdict.Faster)]
    [InlineData(-0.0501, 0.0501, Verdict.Inconclusive)]
    public void A_limit_itself_still_belongs_to_the_same(double low, double high, Verdict expected) =>
        Assert.Equal(expected, VerdictRule.ByInterval(Ratio(low, high), 0.05));

    [Theory]
    [InlineData(0.05, Verdict.Slower)]
    [InlineData(0.0500001, Verdict.Inconclusive)]
    public void A_probability_of_exactly_five_percent_is_enough(double adjusted, Verdict expected)
    {
        var ratio = Ratio(0.06, 0.08);

        Assert.Equal(expected, VerdictRule.ForVariant(ratio, 0.05, adjusted));
        Assert.Equal(expected == Verdict.Slower, VerdictRule.WhyUndecided(ratio, 0.05, adjusted, new ComparisonFamily(2, 8, LookLevels.OneLook(2))) is null);
    }

    [Theory]
    [InlineData(Verdict.Same, -0.01, 0.01)]
    [InlineData(Verdict.Inconclusive, 0.01, 0.07)]
    public void Probability_changes_nothing_where_the_interval_does_not_lie_beyond(Verdict expected, double low, double high) =>
        Assert.Equal(expected, VerdictRule.ForVariant(Ratio(low, high), 0.05, 1));

    /// <summary>Six values on one side of what is tested: 2 * 1/64.</summary>
    [Theory]
    [InlineData(1.1, 0.05, 2 / 64.0)]
    [InlineData(0.9, 0.05, 2 / 64.0)]
    [InlineData(3, 1, 2 / 64.0)]
    [InlineData(0.01, 1, 1)]
    [InlineData(4, 2, 2 / 64.0)]
    [InlineData(0.01, 2, 1)]
    public void Nothing_can_fall_by_all_of_it_but_it_can_rise_by_more(double ratio, double threshold, double expected)
    {
        double[] logRatios = [.. Enumerable.Range(0, 6).Select(i => Math.Log(ratio) + (i * 1e-4))];

        Assert.Equal(expected, VerdictRule.ThresholdPValue(logRatios, threshold), 12);
    }

    private static Interval Ratio(double low, double high) => new((low + high) / 2, low, high, 0.95);
}
