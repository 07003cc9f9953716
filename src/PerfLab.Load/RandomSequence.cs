using PerfLab.Experiments;

namespace PerfLab.Load;

/// <summary>
/// The numbers that <see cref="SplitMix64"/> gives for a seed. They never change with the version of the runtime, so that the same
/// plan always means the same load.
/// </summary>
/// <param name="seed">Any number; equal seeds give equal sequences.</param>
internal sealed class RandomSequence(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Gets the next 64 random bits.</summary>
    public ulong NextBits() => SplitMix64.Next(ref _state);

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
