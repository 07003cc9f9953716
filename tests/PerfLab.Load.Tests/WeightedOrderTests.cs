using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests;

public sealed class WeightedOrderTests
{
    [Fact]
    public void Proportions_are_exact_in_every_deck()
    {
        var order = WeightedOrder.Create([3, 1, 1], seed: 1);

        Assert.Equal(0, order.Length % 5);
        for (var start = 0; start < order.Length; start += 5)
        {
            var deck = order.AsSpan(start, 5).ToArray();
            Assert.Equal([3, 1, 1], Enumerable.Range(0, 3).Select(kind => deck.Count(card => card == kind)));
        }
    }

    [Fact]
    public void Proportions_that_no_small_deck_holds_are_kept_to_a_thousandth()
    {
        var order = WeightedOrder.Create([1, Math.PI], seed: 1);

        var share = order.Count(kind => kind == 0) / (double)order.Length;
        Assert.Equal(1 / (1 + Math.PI), share, tolerance: 0.001);
    }

    [Fact]
    public void A_very_rare_kind_is_still_there() => Assert.Contains((ushort)1, WeightedOrder.Create([1, 1e-9], seed: 1));

    [Fact]
    public void Equal_seeds_give_equal_orders_and_others_do_not()
    {
        double[] weights = [1, 2, 3];

        Assert.Equal(WeightedOrder.Create(weights, 5), WeightedOrder.Create(weights, 5));
        Assert.NotEqual(WeightedOrder.Create(weights, 5), WeightedOrder.Create(weights, 6));
    }

    [Fact]
    public void Decks_are_shuffled_each_by_itself()
    {
        var order = WeightedOrder.Create([1, 1, 1, 1], seed: 1);
        var decks = order.Chunk(4).Select(deck => string.Join(',', deck)).Distinct(StringComparer.Ordinal);

        // Four cards have 24 orders; 4,096 decks show them all.
        Assert.Equal(24, decks.Count());
    }
}
