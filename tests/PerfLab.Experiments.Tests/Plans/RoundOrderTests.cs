using PerfLab.Experiments.Plans;

namespace PerfLab.Experiments.Tests.Plans;

public sealed class RoundOrderTests
{
    private const ulong Seed = 20260101;

    public static TheoryData<int> ArmCounts => [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 33];

    [Theory]
    [MemberData(nameof(ArmCounts))]
    public void Every_round_visits_every_arm_once(int arms)
    {
        for (var round = 0; round < 100; round++)
        {
            Assert.Equal(Enumerable.Range(0, arms), RoundOrder.For(Seed, 1, round, arms).Order());
        }
    }

    [Theory]
    [MemberData(nameof(ArmCounts))]
    public void In_full_blocks_every_arm_is_in_every_position_equally_often(int arms)
    {
        var counts = PositionCounts(arms, arms * 4);

        Assert.All(counts, count => Assert.Equal(4, count));
    }

    [Theory]
    [InlineData(7, 20)]
    [InlineData(4, 5)]
    [InlineData(5, 8)]
    [InlineData(3, 7)]
    [InlineData(6, 2)]
    public void In_a_last_block_that_is_not_full_positions_differ_by_at_most_one(int arms, int rounds)
    {
        var counts = PositionCounts(arms, rounds);

        Assert.All(counts, count => Assert.InRange(count, rounds / arms, (rounds / arms) + 1));
    }

    [Theory]
    [MemberData(nameof(ArmCounts))]
    public void Over_two_blocks_every_arm_follows_every_other_equally_often(int arms)
    {
        var followers =
            from round in Enumerable.Range(0, arms * 2)
            let order = RoundOrder.For(Seed, 3, round, arms)
            from position in Enumerable.Range(1, arms - 1)
            select (order[position - 1], order[position]);

        var counts = followers.CountBy(pair => pair).ToDictionary();

        // 2k rounds with k - 1 neighbours each, over k (k - 1) ordered pairs: two of every pair.
        Assert.Equal(arms * (arms - 1), counts.Count);
        Assert.All(counts.Values, count => Assert.Equal(2, count));
    }

    [Fact]
    public void The_order_depends_on_the_seed_the_launch_set_and_the_round_alone()
    {
        Assert.Equal(RoundOrder.For(Seed, 2, 5, 7), RoundOrder.For(Seed, 2, 5, 7));
        Assert.NotEqual(Orders(Seed, 1), Orders(Seed, 2));
        Assert.NotEqual(Orders(Seed, 1), Orders(Seed + 1, 1));
    }

    // 2,400 launch sets: each of the 24 orders is expected in the first round 100 times, with a standard deviation of
    // sqrt(2400 * 23/576) = 9.8; five are 49.
    [Fact]
    public void Over_launch_sets_all_orders_are_equally_likely()
    {
        var orders = Enumerable.Range(1, 2400).CountBy(launchSet => string.Concat(RoundOrder.For(Seed, launchSet, 0, 4))).ToDictionary();

        Assert.Equal(24, orders.Count);
        Assert.All(orders.Values, count => Assert.InRange(count, 51, 149));
    }

    // A plan of today must give the same order tomorrow. The orders come from a second implementation, in Python.
    [Fact]
    public void A_seed_means_the_same_order_in_every_version() =>
        Assert.Equal(Frozen, Enumerable.Range(0, 8).Select(round => string.Join(' ', RoundOrder.For(Seed, 1, round, 7))));

    [Fact]
    public void Numbers_below_their_least_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RoundOrder.For(Seed, -1, 0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => RoundOrder.For(Seed, 0, -1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => RoundOrder.For(Seed, 0, 0, 0));
    }

    private static readonly string[] Frozen =
    [
        "1 0 6 5 4 2 3",
        "0 5 1 2 6 3 4",
        "2 3 5 4 0 6 1",
        "5 2 0 3 1 4 6",
        "6 1 4 0 3 5 2",
        "3 4 2 6 5 1 0",
        "4 6 3 1 2 0 5",
        "2 5 3 0 4 1 6",
    ];

    private static IEnumerable<string> Orders(ulong seed, int launchSet) =>
        Enumerable.Range(0, 10).Select(round => string.Join(' ', RoundOrder.For(seed, launchSet, round, 7)));

    private static int[] PositionCounts(int arms, int rounds)
    {
        var counts = new Dictionary<(int Arm, int Position), int>();
        foreach (var pair in Enumerable.Range(0, arms).SelectMany(arm => Enumerable.Range(0, arms), (arm, position) => (arm, position)))
        {
            counts[pair] = 0;
        }

        for (var round = 0; round < rounds; round++)
        {
            var order = RoundOrder.For(Seed, 1, round, arms);
            for (var position = 0; position < arms; position++)
            {
                counts[(order[position], position)]++;
            }
        }

        return [.. counts.Values];
    }
}
