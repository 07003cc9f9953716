namespace PerfLab.Collector.Schema;

/// <summary>What a field holds: its layout on the wire and its form in JSON.</summary>
internal enum FieldKind
{
    /// <summary>Nothing that this reader knows; skipped.</summary>
    Unknown = 0,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A varint of 32 bits without a sign.</summary>
    UInt32,

    /// <summary>A varint of 64 bits with a sign, two's complement.</summary>
    Int64,

    /// <summary>A number of a closed list.</summary>
    Enumeration,

    /// <summary>Four bytes without a sign.</summary>
    Fixed32,

    /// <summary>Eight bytes without a sign.</summary>
    Fixed64,

    /// <summary>Eight bytes of IEEE 754.</summary>
    Float64,

    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>Bytes; base64 in JSON.</summary>
    Binary,

    /// <summary>A trace or span id: bytes on the wire, hexadecimal in JSON (OTLP, "JSON Protobuf Encoding").</summary>
    Identifier,

    /// <summary>A message.</summary>
    Message,
}
