namespace PerfLab.Experiments.Tests;

public sealed class RareEventsTests
{
    // The largest k with P(X >= k) >= 0.01, by summing the binomial distribution in exact fractions with Python.
    [Theory]
    [InlineData(0.01, 0, 0)]
    [InlineData(0.01, 1, 1)]
    [InlineData(0.01, 7, 1)]
    [InlineData(0.01, 49, 3)]
    [InlineData(0.01, 150, 5)]
    [InlineData(0.01, 1_000, 18)]
    [InlineData(0.01, 20_000, 233)]
    [InlineData(0.001, 49, 1)]
    [InlineData(0.001, 150, 2)]
    [InlineData(0.001, 10_000, 18)]
    [InlineData(0.05, 200, 18)]
    public void The_most_that_chance_explains_follows_the_binomial_distribution(double share, long requests, long expected) =>
        Assert.Equal(expected, RareEvents.MostOf(share, requests));

    [Fact]
    public void A_million_requests_are_allowed_hardly_more_than_the_share() =>
        Assert.InRange(RareEvents.MostOf(0.01, 1_000_000), 10_000, 10_300);

    [Fact]
    public void What_may_never_happen_is_not_explained_by_chance() => Assert.Equal(0, RareEvents.MostOf(0, 1_000));
}
