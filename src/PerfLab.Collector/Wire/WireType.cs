namespace PerfLab.Collector.Wire;

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
