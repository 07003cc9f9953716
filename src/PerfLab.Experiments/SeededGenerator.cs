using System.Numerics;

namespace PerfLab.Experiments;

/// <summary>
/// A random number generator whose numbers depend on its seed alone, not on the version of the runtime: xoshiro256**
/// by D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021, section 5,
/// seeded by SplitMix64 as its authors advise. Not for secrets, not thread-safe.
/// </summary>
public sealed class SeededGenerator
{
    // 2^-53: the distance of neighbouring doubles just below 1.
    private const double UnitInLastPlace = 1.0 / (1UL << 53);

    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>Initializes a new instance of the <see cref="SeededGenerator"/> class.</summary>
    /// <param name="seed">Any number; take it from <see cref="SubSeed"/> so that no two uses share a sequence.</param>
    public SeededGenerator(ulong seed)
    {
        s0 = SplitMix64.Next(ref seed);
        s1 = SplitMix64.Next(ref seed);
        s2 = SplitMix64.Next(ref seed);
        s3 = SplitMix64.Next(ref seed);
    }

    /// <summary>Initializes a new instance of the <see cref="SeededGenerator"/> class in a given state, to compare with published sequences.</summary>
    internal SeededGenerator(ulong s0, ulong s1, ulong s2, ulong s3) => (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
            var shifted = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = BitOperations.RotateLeft(s3, 45);
            return result;
        }
    }

    /// <summary>The next number from 0 (included) to 1 (excluded), with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * UnitInLastPlace;

    /// <summary>The next whole number from 0 (included) to a bound (excluded), all equally likely.</summary>
    /// <remarks>D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019, algorithm 5.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var floor = unchecked(0UL - range) % range;
            while (low < floor)
            {
                high = Math.BigMul(NextUInt64(), range, out low);
            }
        }

        return (int)high;
    }

    /// <summary>The numbers from 0 to a count (excluded) in random order, all orders equally likely.</summary>
    /// <remarks>Fisher and Yates in R. Durstenfeld's form, CACM 7(7), 1964.</remarks>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var last = count - 1; last > 0; last--)
        {
            var other = NextInt32(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}

/// <summary>
/// SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, with the
/// variant 13 mixer of D. Stafford, as in S. Vigna's public-domain reference (prng.di.unimi.it/splitmix64.c).
/// </summary>
public static class SplitMix64
{
    /// <summary>The step of the sequence: 2^64 divided by the golden ratio, made odd.</summary>
    public const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>Advances a state and returns the next number.</summary>
    public static ulong Next(ref ulong state)
    {
        state = unchecked(state + Step);
        return Mix(state);
    }

    /// <summary>Scrambles 64 bits; one to one, and 0 stays 0.</summary>
    public static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
