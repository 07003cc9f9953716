using System.Text;
using PerfLab.Load.Feeds;

namespace PerfLab.Load.Workloads;

/// <summary>A run of bytes of a request. The set is closed.</summary>
internal abstract record WirePiece
{
    private WirePiece()
    {
    }

    /// <summary>Gets the most bytes that one use takes.</summary>
    public abstract int MaxLength { get; }

    /// <summary>Writes the bytes of the n-th request; allocates nothing.</summary>
    /// <returns>How many they are.</returns>
    public abstract int Write(long use, Span<byte> destination);

    /// <summary>The same bytes in every request.</summary>
    /// <param name="Bytes">The bytes.</param>
    public sealed record Literal(byte[] Bytes) : WirePiece
    {
        public override int MaxLength => Bytes.Length;

        public override int Write(long use, Span<byte> destination)
        {
            Bytes.CopyTo(destination);
            return Bytes.Length;
        }
    }

    /// <summary>A field of a feed with rows: its values, escaped, in the order of use; after the last one the first follows again.</summary>
    /// <param name="Values">At least one.</param>
    public sealed record Rows(byte[][] Values) : WirePiece
    {
        public override int MaxLength { get; } = Values.Max(value => value.Length);

        public override int Write(long use, Span<byte> destination)
        {
            var value = Values[use % Values.Length];
            value.CopyTo(destination);
            return value.Length;
        }
    }

    /// <summary>A generated field whose characters mean the same everywhere: digits, letters, hyphens.</summary>
    /// <param name="Field">The field.</param>
    public sealed record Generated(GeneratedField Field) : WirePiece
    {
        public override int MaxLength => Field.Generator.MaxLength;

        public override int Write(long use, Span<byte> destination) => Field.Write(use, destination);
    }

    /// <summary>A generated field that is one of some texts.</summary>
    /// <param name="Field">The field, a <see cref="FieldGenerator.Choice"/>.</param>
    /// <param name="Values">Its texts, escaped.</param>
    public sealed record Chosen(GeneratedField Field, byte[][] Values) : WirePiece
    {
        public override int MaxLength { get; } = Values.Max(value => value.Length);

        public override int Write(long use, Span<byte> destination)
        {
            var value = Values[((FieldGenerator.Choice)Field.Generator).IndexAt(use, Field.Seed)];
            value.CopyTo(destination);
            return value.Length;
        }
    }
}

/// <summary>Pieces one after the other.</summary>
/// <param name="pieces">The pieces.</param>
internal sealed class WireTemplate(IReadOnlyList<WirePiece> pieces)
{
    public IReadOnlyList<WirePiece> Pieces { get; } = pieces;

    /// <summary>Gets the most bytes that one use takes.</summary>
    public int MaxLength { get; } = pieces.Sum(piece => piece.MaxLength);

    /// <summary>Gets the rows of the longest feed with rows; 1 where there is none.</summary>
    public int RowCount { get; } = pieces.OfType<WirePiece.Rows>().Select(piece => piece.Values.Length).DefaultIfEmpty(1).Max();

    /// <summary>Gets whether a field is generated, so that no two uses need be the same.</summary>
    public bool IsGenerated { get; } = pieces.Any(piece => piece is WirePiece.Generated or WirePiece.Chosen);

    public int Write(long use, Span<byte> destination)
    {
        var length = 0;
        foreach (var piece in Pieces)
        {
            length += piece.Write(use, destination[length..]);
        }

        return length;
    }

    public byte[] ToBytes(long use)
    {
        var buffer = new byte[MaxLength];
        return buffer[..Write(use, buffer)];
    }

    /// <summary>Gets the bytes of one use as characters of the same numbers.</summary>
    public string ToText(long use) => Encoding.Latin1.GetString(ToBytes(use));
}
