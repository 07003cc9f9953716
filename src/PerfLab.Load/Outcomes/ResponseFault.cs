namespace PerfLab.Load.Outcomes;

/// <summary>The exact rule that a response broke.</summary>
internal enum ResponseFault
{
    None = 0,
    StatusLine,
    BareLineFeed,
    HeaderName,
    HeaderValue,
    FoldedHeader,
    ContentLength,
    ConflictingLengths,
    TransferEncoding,
    ChunkSize,
    ChunkEnd,
    UnaskedUpgrade,
    TooManyInterimResponses,
    ExtraBytes,
    LineTooLong,
    HeadersTooLarge,
    BodyTooLarge,
}
