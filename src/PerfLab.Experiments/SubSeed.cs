namespace PerfLab.Experiments;

/// <summary>
/// Derives from the plan's one seed a seed for every use, so that uses are independent of each other, of their order and
/// of how much randomness another one draws (M. O'Neill's seed sequences, as NumPy's SeedSequence spawns them).
/// </summary>
/// <remarks>An arm is never an index: all arms of a round get the same schedule and the same requests.</remarks>
public static class SubSeed
{
    /// <summary>The seed of one use.</summary>
    /// <param name="seed">The plan's seed.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="indices">Which one of its kind, as <see cref="SeedPurpose"/> says.</param>
    /// <exception cref="ArgumentOutOfRangeException">The purpose is not stated, or an index is negative.</exception>
    public static ulong Derive(ulong seed, SeedPurpose purpose, params ReadOnlySpan<int> indices)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)purpose, (int)SeedPurpose.Unknown, nameof(purpose));
        var hash = Absorb(SplitMix64.Mix(unchecked(seed + SplitMix64.Step)), (ulong)purpose);
        foreach (var index in indices)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            hash = Absorb(hash, (ulong)index);
        }

        return hash;
    }

    // The step before the mixer keeps a zero from vanishing, so (1) and (1, 0) differ.
    private static ulong Absorb(ulong hash, ulong word) =>
        unchecked(SplitMix64.Mix((hash * 3) + SplitMix64.Mix(word + SplitMix64.Step)));
}

/// <summary>What a sub-seed is for. The numbers are part of what a seed means: never renumber, only add.</summary>
public enum SeedPurpose
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The order of the arms in a round; index: launch set, block of rounds.</summary>
    RoundOrder = 1,

    /// <summary>The arrival schedule of a round, the same for all its arms; index: launch set, round.</summary>
    Arrivals = 2,

    /// <summary>The choice of requests of a round, the same for all its arms; index: launch set, round.</summary>
    RequestOrder = 3,

    /// <summary>The load of a warm-up, the same for all arms; index: launch set, window.</summary>
    WarmUp = 4,

    /// <summary>The load of the pilot in open loop, the same for all arms; index: step, visit.</summary>
    Pilot = 5,

    /// <summary>The order in which the arms of a launch set are started; index: launch set.</summary>
    StartOrder = 6,

    /// <summary>The load that shows what the arms let one see; index: launch set, arm, and 0 for arrivals or 1 for kinds of request.</summary>
    TraceRetention = 7,

    /// <summary>The arrival schedule of a round at a load level, the same for all its arms; index: launch set, level from 1, round.</summary>
    LevelArrivals = 8,
}
