namespace PerfLab.Experiments.Randomness;

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
