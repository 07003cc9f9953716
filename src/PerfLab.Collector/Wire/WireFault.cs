namespace PerfLab.Collector.Wire;

/// <summary>What is wrong with a payload.</summary>
internal enum WireFault
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
