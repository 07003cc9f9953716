namespace PerfLab.Load;

/// <summary>
/// A small seeded generator whose numbers never change with the runtime's version, so that the same plan is the same
/// load for ever. Algorithm: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, figure 16.
/// </summary>
/// <param name="seed">Any number; equal seeds give equal sequences.</param>
internal sealed class SplitMix64(ulong seed)
{
    // The odd number closest to 2^64 divided by the golden ratio, and the two multipliers of variant 13 (figure 16 of the paper).
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private const ulong FirstMultiplier = 0xBF58476D1CE4E5B9;
    private const ulong SecondMultiplier = 0x94D049BB133111EB;

    private ulong _state = seed;

    /// <summary>Gets the next 64 random bits.</summary>
    public ulong NextBits()
    {
        _state += Gamma;
        var z = _state;
        z = (z ^ (z >> 30)) * FirstMultiplier;
        z = (z ^ (z >> 27)) * SecondMultiplier;
        return z ^ (z >> 31);
    }

    /// <summary>Gets a number from 0 (included) to 1 (excluded) with 53 random bits.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Gets an exponentially distributed number with mean 1.</summary>
    public double NextExponential() => -Math.Log(1.0 - NextUnit());

    /// <summary>Gets a whole number from 0 (included) to <paramref name="bound"/> (excluded).</summary>
    public int NextBelow(int bound)
    {
        // The high half of the 128-bit product is uniform up to a bias below bound / 2^64, far under what any load could show.
        return (int)Math.BigMul(NextBits(), (ulong)bound, out _);
    }

    /// <summary>Puts the items in a random order (Fisher and Yates; Durstenfeld 1964, algorithm 235).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextBelow(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
