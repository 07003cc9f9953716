using System.Buffers.Text;
using System.Globalization;
using System.Text;
using PerfLab.Experiments;

namespace PerfLab.Load.Feeds;

/// <summary>
/// Makes the values of one field of a generated feed. A value depends on its row and the seed alone, and there is no last row.
/// The set is closed.
/// </summary>
public abstract record FieldGenerator
{
    private FieldGenerator()
    {
    }

    /// <summary>Gets the most bytes that a value takes in UTF-8.</summary>
    internal abstract int MaxLength { get; }

    /// <summary>Writes the value of a row in UTF-8; allocates nothing.</summary>
    internal abstract int Write(long row, ulong seed, Span<byte> destination);

    /// <summary>Finds out whether the generator can make values.</summary>
    /// <exception cref="FormatException">It cannot; the message says why.</exception>
    internal virtual void Validate()
    {
    }

    // The random bits of a row come from a sequence of their own.
    private static ulong StateOf(long row, ulong seed)
    {
        var state = seed + ((ulong)row * SplitMix64.Step);
        return SplitMix64.Next(ref state) ^ seed;
    }

    private static int NextBelow(ref ulong state, int bound) => (int)Math.BigMul(SplitMix64.Next(ref state), (ulong)bound, out _);

    /// <summary>Numbers one after the other; none twice.</summary>
    /// <param name="First">The first one.</param>
    public sealed record Sequence(long First) : FieldGenerator
    {
        internal override int MaxLength => 20;

        internal override int Write(long row, ulong seed, Span<byte> destination)
        {
            Utf8Formatter.TryFormat(unchecked(First + row), destination, out var length);
            return length;
        }
    }

    /// <summary>Random whole numbers of a range.</summary>
    /// <param name="Lowest">The smallest, included.</param>
    /// <param name="Highest">The largest, included.</param>
    public sealed record Between(int Lowest, int Highest) : FieldGenerator
    {
        internal override int MaxLength => 11;

        internal override int Write(long row, ulong seed, Span<byte> destination)
        {
            var state = StateOf(row, seed);
            Utf8Formatter.TryFormat(Lowest + NextBelow(ref state, Highest - Lowest + 1), destination, out var length);
            return length;
        }

        internal override void Validate()
        {
            if (Highest < Lowest || (long)Highest - Lowest >= int.MaxValue)
            {
                throw new FormatException($"{this} has no numbers or more than 2,147,483,646 (generated feed). Correct the range.");
            }
        }
    }

    /// <summary>One of some texts, each as often as any other.</summary>
    /// <param name="Values">At least one.</param>
    public sealed record Choice(IReadOnlyList<string> Values) : FieldGenerator
    {
        internal override int MaxLength => Values.Max(Encoding.UTF8.GetByteCount);

        internal override int Write(long row, ulong seed, Span<byte> destination) => Encoding.UTF8.GetBytes(Values[IndexAt(row, seed)], destination);

        internal override void Validate()
        {
            if (Values.Count == 0)
            {
                throw new FormatException("A choice has no values (generated feed). Give at least one.");
            }
        }

        internal int IndexAt(long row, ulong seed)
        {
            var state = StateOf(row, seed);
            return NextBelow(ref state, Values.Count);
        }
    }

    /// <summary>Random identifiers in the form of a UUID, version 4.</summary>
    public sealed record Uuid : FieldGenerator
    {
        internal override int MaxLength => 36;

        internal override int Write(long row, ulong seed, Span<byte> destination)
        {
            // RFC 9562, section 5.4: version and variant take six of the bits.
            var state = StateOf(row, seed);
            var high = (SplitMix64.Next(ref state) & 0xFFFFFFFFFFFF0FFF) | 0x4000;
            var low = (SplitMix64.Next(ref state) & 0x3FFFFFFFFFFFFFFF) | 0x8000000000000000;
            System.Text.Unicode.Utf8.TryWrite(
                destination,
                CultureInfo.InvariantCulture,
                $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-{high & 0xFFFF:x4}-{low >> 48:x4}-{low & 0xFFFFFFFFFFFF:x12}",
                out var length);
            return length;
        }
    }

    /// <summary>Lower-case letters and digits; no text twice before all of that length were used.</summary>
    /// <param name="Length">How many, at least 1.</param>
    public sealed record Letters(int Length) : FieldGenerator
    {
        private const int Base = 36;

        // 36^12 is the greatest power of 36 below 2^63; what is before these letters is random.
        private const int MostDistinct = 12;

        private static ReadOnlySpan<byte> Alphabet => "abcdefghijklmnopqrstuvwxyz0123456789"u8;

        internal override int MaxLength => Math.Max(Length, 1);

        internal override int Write(long row, ulong seed, Span<byte> destination)
        {
            var length = MaxLength;
            var distinct = Math.Min(length, MostDistinct);
            var state = StateOf(row, seed);
            for (var i = 0; i < length - distinct; i++)
            {
                destination[i] = Alphabet[NextBelow(ref state, Base)];
            }

            var number = NumberOf(row, seed, distinct);
            for (var i = length - distinct; i < length; i++)
            {
                destination[i] = Alphabet[(int)(number % Base)];
                number /= Base;
            }

            return length;
        }

        // Step and count have no common factor, so that the numbers of as many rows are all different.
        private static ulong NumberOf(long row, ulong seed, int digits)
        {
            var count = 1UL;
            for (var i = 0; i < digits; i++)
            {
                count *= Base;
            }

            var first = SplitMix64.Next(ref seed) % count;
            var step = (SplitMix64.Next(ref seed) % count) | 1;
            step = step % 3 == 0 ? step + 2 : step;
            return (ulong)(((((UInt128)(ulong)row % count) * (step % count)) + first) % count);
        }
    }
}

/// <summary>One field of a generated feed with the seed of its values.</summary>
/// <param name="Generator">Makes the values.</param>
/// <param name="Seed">Its seed.</param>
internal sealed record GeneratedField(FieldGenerator Generator, ulong Seed)
{
    public int Write(long row, Span<byte> destination) => Generator.Write(row, Seed, destination);

    public string ValueAt(long row)
    {
        var buffer = new byte[Generator.MaxLength];
        return Encoding.UTF8.GetString(buffer, 0, Write(row, buffer));
    }
}
