using System.Globalization;

namespace PerfLab.Load.Feeds;

/// <summary>Makes the values of one field of a generated feed. The set is closed.</summary>
public abstract record FieldGenerator
{
    private FieldGenerator()
    {
    }

    internal abstract string Next(int row, RandomSequence random);

    /// <summary>Numbers one after the other.</summary>
    /// <param name="First">The first one.</param>
    public sealed record Sequence(long First) : FieldGenerator
    {
        internal override string Next(int row, RandomSequence random) => (First + row).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Random whole numbers of a range.</summary>
    /// <param name="Lowest">The smallest, included.</param>
    /// <param name="Highest">The largest, included.</param>
    public sealed record Between(int Lowest, int Highest) : FieldGenerator
    {
        internal override string Next(int row, RandomSequence random)
        {
            if (Highest < Lowest || (long)Highest - Lowest >= int.MaxValue)
            {
                throw new FormatException($"{this} has no numbers or more than 2,147,483,646 (generated feed). Correct the range.");
            }

            return (Lowest + random.NextBelow(Highest - Lowest + 1)).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>One of some texts, each as often as any other.</summary>
    /// <param name="Values">At least one.</param>
    public sealed record Choice(IReadOnlyList<string> Values) : FieldGenerator
    {
        internal override string Next(int row, RandomSequence random) => Values.Count > 0
            ? Values[random.NextBelow(Values.Count)]
            : throw new FormatException("A choice has no values (generated feed). Give at least one.");
    }

    /// <summary>Random identifiers in the form of a UUID, version 4.</summary>
    public sealed record Uuid : FieldGenerator
    {
        internal override string Next(int row, RandomSequence random)
        {
            // RFC 9562, section 5.4: version and variant take six of the bits.
            var high = (random.NextBits() & 0xFFFFFFFFFFFF0FFF) | 0x4000;
            var low = (random.NextBits() & 0x3FFFFFFFFFFFFFFF) | 0x8000000000000000;
            return string.Create(CultureInfo.InvariantCulture, $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-{high & 0xFFFF:x4}-{low >> 48:x4}-{low & 0xFFFFFFFFFFFF:x12}");
        }
    }

    /// <summary>Random lower-case letters and digits.</summary>
    /// <param name="Length">How many, at least 1.</param>
    public sealed record Letters(int Length) : FieldGenerator
    {
        private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

        internal override string Next(int row, RandomSequence random)
        {
            var text = new char[Math.Max(Length, 1)];
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[random.NextBelow(Alphabet.Length)];
            }

            return new string(text);
        }
    }
}
