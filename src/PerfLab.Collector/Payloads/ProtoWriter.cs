using System.Buffers.Binary;

namespace PerfLab.Collector.Payloads;

/// <summary>
/// Appends protobuf to a pooled body. Once the body has no room it appends nothing more, and <see cref="Error"/> says so:
/// the caller looks once, at the end.
/// </summary>
/// <param name="output">The body.</param>
internal struct ProtoWriter(PooledBody output)
{
    /// <summary>A length written before it is known takes five bytes, so that it never has to be moved; readers accept such varints.</summary>
    private const int PaddedLengthBytes = 5;

    private const int MaxVarintBytes = 10;

    /// <summary>Gets why the last bytes are missing.</summary>
    public BodyError Error { get; private set; }

    /// <summary>Writes a field's number and layout.</summary>
    public void Tag(int number, WireType type) => Varint((ulong)((number << 3) | (int)type));

    /// <summary>Writes a varint.</summary>
    public void Varint(ulong value)
    {
        var free = GetSpan(MaxVarintBytes);
        if (free.IsEmpty)
        {
            return;
        }

        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            free[length++] = (byte)(value | 0x80);
        }

        free[length++] = (byte)value;
        output.Advance(length);
    }

    /// <summary>Writes four bytes.</summary>
    public void Fixed32(uint value)
    {
        var free = GetSpan(sizeof(uint));
        if (!free.IsEmpty)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(free, value);
            output.Advance(sizeof(uint));
        }
    }

    /// <summary>Writes eight bytes.</summary>
    public void Fixed64(ulong value)
    {
        var free = GetSpan(sizeof(ulong));
        if (!free.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(free, value);
            output.Advance(sizeof(ulong));
        }
    }

    /// <summary>Writes a length and bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        var free = GetSpan(value.Length);
        if (!free.IsEmpty)
        {
            value.CopyTo(free);
            output.Advance(value.Length);
        }
    }

    /// <summary>Leaves room for a length and returns where the content starts.</summary>
    public int Open()
    {
        if (!GetSpan(PaddedLengthBytes).IsEmpty)
        {
            output.Advance(PaddedLengthBytes);
        }

        return output.Length;
    }

    /// <summary>Writes the length of what was appended since <see cref="Open"/>.</summary>
    /// <param name="start">What <see cref="Open"/> returned.</param>
    public readonly void Close(int start)
    {
        if (Error != BodyError.None)
        {
            return;
        }

        var length = (uint)(output.Length - start);
        var prefix = output.Rewrite(start - PaddedLengthBytes, PaddedLengthBytes);
        for (var index = 0; index < PaddedLengthBytes - 1; index++)
        {
            prefix[index] = (byte)((length >> (7 * index)) | 0x80);
        }

        prefix[PaddedLengthBytes - 1] = (byte)(length >> (7 * (PaddedLengthBytes - 1)));
    }

    /// <summary>Returns room for at least so many bytes, or none once the body is full. Follow with <see cref="Advance"/>.</summary>
    public Span<byte> GetSpan(int bytes)
    {
        if (Error == BodyError.None)
        {
            Error = output.MakeRoom(bytes);
        }

        return Error == BodyError.None ? output.Free : default;
    }

    /// <summary>Keeps bytes that were written to <see cref="GetSpan"/>.</summary>
    public readonly void Advance(int bytes) => output.Advance(bytes);
}
