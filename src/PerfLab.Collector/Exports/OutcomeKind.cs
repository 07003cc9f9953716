namespace PerfLab.Collector.Exports;

/// <summary>What became of an export request.</summary>
internal enum OutcomeKind
{
    /// <summary>Nothing is decided.</summary>
    Unknown = 0,

    /// <summary>Taken, perhaps but for some spans.</summary>
    Accepted,

    /// <summary>Refused for good: it cannot be decoded.</summary>
    Malformed,

    /// <summary>Refused for good: too large before or after decompression.</summary>
    TooLarge,

    /// <summary>Refused for good: a content type or encoding that is not supported.</summary>
    Unsupported,

    /// <summary>Refused for now: the receiver has no room. The sender may try again.</summary>
    Busy,

    /// <summary>Refused: the body took too long.</summary>
    TooSlow,

    /// <summary>Nobody to answer: the connection ended.</summary>
    Broken,
}
