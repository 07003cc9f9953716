using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PerfLab.Collector.Payloads;

/// <summary>
/// Reads protobuf's wire format forward over a buffer. It never throws on hostile bytes, never reads outside the buffer
/// and allocates nothing: a method answers false and <see cref="Error"/> and <see cref="Position"/> say why and where.
/// What it accepts is what Google's own C# parser accepts, which the tests compare.
/// </summary>
internal ref struct ProtoReader
{
    /// <summary>A varint has at most ten bytes of seven bits (protobuf.dev, Encoding, "Base 128 Varints").</summary>
    private const int MaxVarintBytes = 10;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly int origin;
    private int position;

    /// <summary>Initialises a new instance of the <see cref="ProtoReader"/> struct.</summary>
    /// <param name="bytes">One message.</param>
    /// <param name="origin">Where the message starts in the payload, so that faults name a place in the payload.</param>
    public ProtoReader(ReadOnlySpan<byte> bytes, int origin = 0)
    {
        this.bytes = bytes;
        this.origin = origin;
    }

    /// <summary>Gets a value indicating whether the whole message was read.</summary>
    public readonly bool AtEnd => position >= bytes.Length;

    /// <summary>Gets how far the reader is, in bytes from the start of the payload.</summary>
    public readonly int Position => origin + position;

    /// <summary>Gets what stopped the reader.</summary>
    public WireError Error { get; private set; }

    /// <summary>Reads a field's number and layout.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadTag(out int number, out WireType type)
    {
        if (!TryReadVarint(out var value))
        {
            (number, type) = (0, WireType.Varint);
            return false;
        }

        // A tag is a 32-bit number; Google's parsers drop higher bits in silence, and so does this one.
        var tag = (uint)value;
        number = (int)(tag >> 3);
        type = (WireType)(tag & 7);
        if (number == 0)
        {
            return Fail(WireError.FieldZero);
        }

        return type <= WireType.Fixed32 || Fail(WireError.UnknownWireType);
    }

    /// <summary>Reads a varint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadVarint(out ulong value)
    {
        if (position < bytes.Length && bytes[position] < 0x80)
        {
            value = bytes[position++];
            return true;
        }

        return TryReadLongVarint(out value);
    }

    /// <summary>Reads four bytes.</summary>
    public bool TryReadFixed32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(bytes[position..], out value))
        {
            return Fail(WireError.Truncated);
        }

        position += sizeof(uint);
        return true;
    }

    /// <summary>Reads eight bytes.</summary>
    public bool TryReadFixed64(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(bytes[position..], out value))
        {
            return Fail(WireError.Truncated);
        }

        position += sizeof(ulong);
        return true;
    }

    /// <summary>Reads a length and hands out that many bytes of the buffer, without a copy.</summary>
    /// <param name="value">The bytes, valid as long as the buffer is.</param>
    /// <param name="valueOrigin">Where they start in the payload.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadBytes(out ReadOnlySpan<byte> value, out int valueOrigin)
    {
        value = default;
        valueOrigin = 0;
        if (!TryReadVarint(out var raw))
        {
            return false;
        }

        var length = (int)(uint)raw;
        if (length < 0 || length > bytes.Length - position)
        {
            return Fail(WireError.LengthPastEnd);
        }

        valueOrigin = Position;
        value = bytes.Slice(position, length);
        position += length;
        return true;
    }

    /// <summary>Passes over a field whose tag was just read.</summary>
    /// <param name="number">The field's number, which must close a group again.</param>
    /// <param name="type">The field's layout.</param>
    /// <param name="levelsLeft">How many groups may still be nested.</param>
    public bool TrySkip(int number, WireType type, int levelsLeft) => type switch
    {
        WireType.Varint => TryReadVarint(out _),
        WireType.Fixed64 => TryReadFixed64(out _),
        WireType.Fixed32 => TryReadFixed32(out _),
        WireType.LengthDelimited => TryReadBytes(out _, out _),
        WireType.StartGroup => TrySkipGroup(number, levelsLeft),
        _ => Fail(WireError.UnmatchedGroup),
    };

    private bool TrySkipGroup(int opened, int levelsLeft)
    {
        if (levelsLeft <= 0)
        {
            return Fail(WireError.TooDeep);
        }

        while (TryReadTag(out var number, out var type))
        {
            if (type == WireType.EndGroup)
            {
                return number == opened || Fail(WireError.UnmatchedGroup);
            }

            if (!TrySkip(number, type, levelsLeft - 1))
            {
                return false;
            }
        }

        return false;
    }

    private bool TryReadLongVarint(out ulong value)
    {
        value = 0;
        for (var index = 0; index < MaxVarintBytes; index++)
        {
            if (position >= bytes.Length)
            {
                return Fail(WireError.Truncated);
            }

            var next = bytes[position++];
            value |= (ulong)(next & 0x7f) << (7 * index);
            if (next < 0x80)
            {
                return true;
            }
        }

        return Fail(WireError.VarintTooLong);
    }

    private bool Fail(WireError fault)
    {
        Error = fault;
        return false;
    }
}

/// <summary>How a field is laid out: the low three bits of its tag (protobuf.dev, Encoding, "Message Structure").</summary>
internal enum WireType
{
    /// <summary>Seven bits a byte, low group first, at most ten bytes.</summary>
    Varint = 0,

    /// <summary>Eight bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A varint length and that many bytes: text, bytes, or a message.</summary>
    LengthDelimited = 2,

    /// <summary>Opens a group, a form that proto3 no longer writes but that a reader must skip.</summary>
    StartGroup = 3,

    /// <summary>Closes a group.</summary>
    EndGroup = 4,

    /// <summary>Four bytes, little-endian.</summary>
    Fixed32 = 5,
}

/// <summary>What is wrong with a payload.</summary>
internal enum WireError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The payload ends inside a value.</summary>
    Truncated,

    /// <summary>A varint has more than ten bytes.</summary>
    VarintTooLong,

    /// <summary>A tag names field 0, which does not exist.</summary>
    FieldZero,

    /// <summary>A tag has wire type 6 or 7, which do not exist.</summary>
    UnknownWireType,

    /// <summary>A length is negative or runs past the end of the message around it.</summary>
    LengthPastEnd,

    /// <summary>A group is closed that was not opened, or left open.</summary>
    UnmatchedGroup,

    /// <summary>Messages or groups are nested deeper than the limit.</summary>
    TooDeep,

    /// <summary>A text field is not UTF-8.</summary>
    NotUtf8,
}
