using PerfLab.Experiments;
using PerfLab.Runner.Capacity;

namespace PerfLab.Runner.Tests;

public sealed class SloStaircaseTests
{
    [Theory]
    [InlineData(800)]
    [InlineData(1000)]
    [InlineData(2500)]
    public void A_sharp_limit_is_found_from_anywhere_near_within_the_smallest_step(double start)
    {
        var walk = new SloStaircase(start);
        for (var trial = 0; trial < 16; trial++)
        {
            walk.Record(walk.RatePerSecond <= 1000);
        }

        Assert.Equal(1000, walk.EstimatePerSecond!.Value, tolerance: 1000 * 0.03);
    }

    [Fact]
    public void A_limit_that_scatters_is_found_in_the_mean_and_two_alike_are_found_alike()
    {
        // A try holds by chance: surely 10 % below the limit, never 10 % above it. Seed named; 200 searches of 16 tries.
        var random = new SeededGenerator(20261123);
        double[] estimates = [.. Enumerable.Range(0, 200).Select(_ => Search(random)).OfType<double>()];

        Assert.InRange(estimates.Length, 190, 200);
        Assert.Equal(1000, estimates.Average(), tolerance: 15);

        // A single search scatters by less than 5 % (standard deviation); launch sets average that out.
        Assert.InRange(Math.Sqrt(estimates.Average(estimate => Math.Pow(estimate - estimates.Average(), 2))), 0, 50);
    }

    [Fact]
    public void Too_few_tries_are_no_estimate()
    {
        var walk = new SloStaircase(1000);
        walk.Record(true);
        walk.Record(false);

        Assert.Null(walk.EstimatePerSecond);
    }

    [Fact]
    public void A_service_level_that_nothing_holds_ends_at_one_request_per_second_and_not_below()
    {
        var walk = new SloStaircase(2);
        for (var trial = 0; trial < 100; trial++)
        {
            walk.Record(false);
        }

        Assert.Equal(1, walk.RatePerSecond);
        Assert.Null(walk.EstimatePerSecond);
    }

    private static double? Search(SeededGenerator random)
    {
        var walk = new SloStaircase(800);
        for (var trial = 0; trial < 16; trial++)
        {
            walk.Record(walk.RatePerSecond < 1000 * (0.9 + (0.2 * random.NextDouble())));
        }

        return walk.EstimatePerSecond;
    }
}
