namespace PerfLab.Experiments.Plans;

/// <summary>
/// A small generator of our own, so that a seed gives the same plan on every runtime: SplitMix64 (Steele, Lea, Flood: "Fast
/// splittable pseudorandom number generators", OOPSLA 2014, figure 17).
/// </summary>
public struct SeedSequence : IEquatable<SeedSequence>
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Begins a sequence that belongs to a seed and a path of numbers, for example launch set and round.</summary>
    public SeedSequence(ulong seed, params ReadOnlySpan<int> path)
    {
        _state = seed;
        foreach (var step in path)
        {
            _state = Mix(_state + GoldenGamma) ^ unchecked((ulong)step * 0xD6E8FEB86659FD93);
        }
    }

    /// <summary>Compares the states.</summary>
    public static bool operator ==(SeedSequence left, SeedSequence right) => left.Equals(right);

    /// <summary>Compares the states.</summary>
    public static bool operator !=(SeedSequence left, SeedSequence right) => !left.Equals(right);

    /// <summary>Gets the next 64 random bits.</summary>
    public ulong Next()
    {
        _state = unchecked(_state + GoldenGamma);
        return Mix(_state);
    }

    /// <summary>Gets a number from 0 to below the bound, by the high half of a product (Lemire 2019; the bias at 2^64 is nil here).</summary>
    public int NextBelow(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <inheritdoc/>
    public readonly bool Equals(SeedSequence other) => _state == other._state;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is SeedSequence other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => _state.GetHashCode();

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
