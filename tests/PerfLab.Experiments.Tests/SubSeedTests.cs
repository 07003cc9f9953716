namespace PerfLab.Experiments.Tests;

public sealed class SubSeedTests
{
    [Fact]
    public void No_two_uses_share_a_seed()
    {
        var seeds =
            from seed in Enumerable.Range(0, 10)
            from purpose in Enum.GetValues<SeedPurpose>().Skip(1)
            from launchSet in Enumerable.Range(0, 20)
            from round in Enumerable.Range(0, 50)
            select SubSeed.Derive((ulong)seed, purpose, launchSet, round);

        // Some 10,000 for each purpose out of 2^64: two equal ones by chance have a probability below 1e-9.
        var purposes = Enum.GetValues<SeedPurpose>().Length - 1;
        Assert.Equal(purposes * 10_000, seeds.Distinct().Count());
    }

    [Fact]
    public void The_number_of_indices_and_their_order_matter()
    {
        ulong[] seeds =
        [
            SubSeed.Derive(1, SeedPurpose.Pilot), SubSeed.Derive(1, SeedPurpose.Pilot, 0), SubSeed.Derive(1, SeedPurpose.Pilot, 0, 0),
            SubSeed.Derive(1, SeedPurpose.Pilot, 1, 2), SubSeed.Derive(1, SeedPurpose.Pilot, 2, 1),
        ];

        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    // A plan of today must give the same schedules tomorrow. The numbers come from a
    // second implementation, in Python.
    [Fact]
    public void A_seed_means_the_same_in_every_version()
    {
        Assert.Equal(15287813210856920144UL, SubSeed.Derive(20260101, SeedPurpose.Arrivals, 1, 0));
        Assert.Equal(4212824045550674497UL, SubSeed.Derive(20260101, SeedPurpose.RequestOrder, 12, 19));
    }

    [Fact]
    public void A_purpose_that_is_not_stated_and_a_negative_index_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SubSeed.Derive(1, SeedPurpose.Unknown, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SubSeed.Derive(1, SeedPurpose.Pilot, -1));
    }
}
