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

    /// <summary>Refused for now: the receiver has no room, or acts as a back end that has none. The sender may try again.</summary>
    Busy,

    /// <summary>Refused for now: one request too many. The sender may try again.</summary>
    Throttled,

    /// <summary>Refused: the body took too long.</summary>
    TooSlow,

    /// <summary>Not answered until the sender gives up or the fault ends; then the connection is to be reset.</summary>
    Silent,

    /// <summary>Not answered: the connection ended, or is to be reset.</summary>
    Broken,
}
