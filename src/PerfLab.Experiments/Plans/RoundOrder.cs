namespace PerfLab.Experiments.Plans;

/// <summary>In which order a round visits the arms, and with which schedule: both follow from the plan's seed.</summary>
public static class RoundOrder
{
    // Keeps the stream of schedules apart from the stream of orders.
    private const int OrderStream = 1;
    private const int ScheduleStream = 2;

    /// <summary>
    /// Gets the order of a round as indices of the plan's arms: a random permutation, fresh for each round (Fisher-Yates).
    /// Round -1 is the order in which processes are started.
    /// </summary>
    public static IReadOnlyList<int> For(ulong seed, int launchSet, int round, int armCount)
    {
        var random = new SeedSequence(seed, OrderStream, launchSet, round);
        var order = Enumerable.Range(0, armCount).ToArray();
        for (var last = armCount - 1; last > 0; last--)
        {
            var other = random.NextBelow(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    /// <summary>Gets the seed of the schedule that all arms of a round share.</summary>
    public static ulong ScheduleSeed(ulong seed, int launchSet, int round) =>
        new SeedSequence(seed, ScheduleStream, launchSet, round).Next();
}
