namespace PerfLab.Experiments.Randomness;

/// <summary>
/// SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, with the
/// variant 13 mixer of D. Stafford, as in S. Vigna's public-domain reference (prng.di.unimi.it/splitmix64.c).
/// </summary>
internal static class SplitMix64
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
