namespace PerfLab.Load;

/// <summary>Why a started request did not end in the expected answer.</summary>
public enum ErrorKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Nobody listens at the address.</summary>
    ConnectRefused = 1,

    /// <summary>The connection was not established in time.</summary>
    ConnectTimeout = 2,

    /// <summary>The connection could not be made for another reason: no route, no free descriptor or port.</summary>
    ConnectFailed = 3,

    /// <summary>The peer reset the connection.</summary>
    ConnectionReset = 4,

    /// <summary>The peer closed the connection before the first byte of a response.</summary>
    ConnectionClosed = 5,

    /// <summary>The peer closed the connection in the middle of a response.</summary>
    Truncated = 6,

    /// <summary>No complete response within the request timeout, or by the end of draining.</summary>
    RequestTimeout = 7,

    /// <summary>The response breaks the protocol.</summary>
    Malformed = 8,

    /// <summary>A line, the header block or the body of the response is larger than allowed.</summary>
    TooLarge = 9,

    /// <summary>A complete response with another status than the expected one.</summary>
    UnexpectedStatus = 10,

    /// <summary>A complete response with the expected status whose body fails its check.</summary>
    UnexpectedBody = 11,

    /// <summary>The run was cancelled while the request was in flight.</summary>
    Cancelled = 12,

    /// <summary>TLS, HTTP/2 or the transport failed in a way that has no kind of its own.</summary>
    TransportFailed = 13,
}

/// <summary>The exact rule that a response broke.</summary>
internal enum ResponseFault
{
    None = 0,
    StatusLine,
    TlsRecord,
    Http2Frame,
    BareLineFeed,
    HeaderName,
    HeaderValue,
    FoldedHeader,
    ContentLength,
    ConflictingLengths,
    TransferEncoding,
    ChunkSize,
    ChunkEnd,
    UnsolicitedUpgrade,
    TooManyInterimResponses,
    ExtraBytes,
    LineTooLong,
    HeadersTooLarge,
    BodyTooLarge,
}
