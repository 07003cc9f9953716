using System.Globalization;
using PerfLab.Collector.Payloads;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Exports;

/// <summary>What became of an export request, in words that both transports can answer with.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Message">What failed, where, and what to do; null where nothing failed.</param>
/// <param name="RejectedSpans">Spans left out of a request that was otherwise taken.</param>
/// <param name="RetryAfterSeconds">When the sender may try again; null says nothing about it.</param>
/// <param name="SilentUntil">When a silence ends.</param>
internal readonly record struct ExportOutcome(
    ExportOutcomeKind Kind,
    string? Message = null,
    long RejectedSpans = 0,
    double? RetryAfterSeconds = null,
    CancellationToken SilentUntil = default)
{
    /// <summary>Gets why it was not taken, where the kind does not say it.</summary>
    public ExportRejectionReason Because { private get; init; }

    /// <summary>Gets why it was not taken; unknown for one that was.</summary>
    public ExportRejectionReason Reason => Because != ExportRejectionReason.Unknown ? Because : Kind switch
    {
        ExportOutcomeKind.Malformed => ExportRejectionReason.Malformed,
        ExportOutcomeKind.TooLarge => ExportRejectionReason.TooLarge,
        ExportOutcomeKind.Unauthenticated => ExportRejectionReason.NoToken,
        ExportOutcomeKind.Busy => ExportRejectionReason.NoRoom,
        ExportOutcomeKind.TooSlow => ExportRejectionReason.TooSlow,
        ExportOutcomeKind.Broken => ExportRejectionReason.ConnectionEnded,
        _ => ExportRejectionReason.Unknown,
    };

    /// <summary>Gets the outcome of a request without faults.</summary>
    public static ExportOutcome Accepted => new(ExportOutcomeKind.Accepted);
}

/// <summary>What became of an export request.</summary>
internal enum ExportOutcomeKind
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

    /// <summary>Refused for good: it does not show the arm's token.</summary>
    Unauthenticated,

    /// <summary>Refused: the body took too long.</summary>
    TooSlow,

    /// <summary>Not answered until the sender gives up or the fault ends; then the connection is to be reset.</summary>
    Silent,

    /// <summary>Not answered: the connection ended, or is to be reset.</summary>
    Broken,
}

/// <summary>Puts refusals into words: what failed with its value, where, and what to do next.</summary>
internal static class ExportRejections
{
    /// <summary>How long a sender should wait when the receiver has no room: far longer than a request takes here.</summary>
    private const double BusySeconds = 1;

    /// <summary>The refusal of a body that could not be read or decompressed.</summary>
    public static ExportOutcome Of(BodyError fault, BodyLimits limits, bool decompressing) => fault switch
    {
        BodyError.TooLarge when decompressing => new(ExportOutcomeKind.TooLarge, Text(
            $"The body has more than {limits.MaxDecodedBytes} bytes after decompression. Send smaller batches.")),
        BodyError.TooLarge => new(ExportOutcomeKind.TooLarge, Text(
            $"The body has more than {limits.MaxWireBytes} bytes as sent. Send smaller batches.")),
        BodyError.Corrupt => new(ExportOutcomeKind.Malformed,
            "The body is not a whole gzip stream. Send one gzip member as RFC 1952 has it, or no encoding."),
        BodyError.OverBudget => new(ExportOutcomeKind.Busy,
            "The receiver already holds as many bytes of other requests as it may. Try again in a second.",
            RetryAfterSeconds: BusySeconds),
        BodyError.TooSlow => new(ExportOutcomeKind.TooSlow, Text(
            $"The body did not arrive within {limits.ReadTimeout.TotalSeconds} seconds. Send it faster, or in smaller batches.")),
        _ => new(ExportOutcomeKind.Broken, "The connection ended before the body did. Send the whole body."),
    };

    /// <summary>The refusal of a payload that is not a well-formed message.</summary>
    public static ExportOutcome Malformed(WireError fault, int position, int length, int maxNesting) =>
        new(ExportOutcomeKind.Malformed, Text(
            $"Byte {position} of {length}: {Describe(fault, maxNesting)}. Send a protobuf-encoded Export request of OTLP 1.x."));

    /// <summary>The refusal of a JSON payload.</summary>
    public static ExportOutcome Of(JsonError fault, int length, BodyLimits limits) => fault.Reason is null
        ? Of(fault.BodyError, limits, decompressing: true)
        : new(ExportOutcomeKind.Malformed, Text(
            $"Byte {fault.Position} of {length}: {fault.Reason.TrimEnd('.')}. Send a JSON-encoded Export request of OTLP 1.x."));

    /// <summary>The refusal of a request that does not show the token: nothing of it is counted as the arm's.</summary>
    public static ExportOutcome NoToken() => new(ExportOutcomeKind.Unauthenticated,
        "The request does not show the arm's token. Use the endpoint and the headers of the OTEL_EXPORTER_OTLP_* variables as they are.");

    /// <summary>The refusal of a request above the bound of requests at once.</summary>
    public static ExportOutcome TooManyRequests() => new(ExportOutcomeKind.Busy,
        "The receiver already handles as many requests of this arm as it may. Try again in a second.",
        RetryAfterSeconds: BusySeconds);

    /// <summary>The refusal of an injected <see cref="BackEndFault.Unavailable"/>.</summary>
    public static ExportOutcome Unavailable(double? retryAfterSeconds) => new(ExportOutcomeKind.Busy,
        "The back end is made unavailable on purpose. Try again.", RetryAfterSeconds: retryAfterSeconds) { Because = ExportRejectionReason.InjectedFault };

    /// <summary>The refusal of an injected <see cref="BackEndFault.Throttled"/>.</summary>
    public static ExportOutcome Throttled(double? retryAfterSeconds) => new(ExportOutcomeKind.Throttled,
        "The back end is made to throttle on purpose. Send less often.", RetryAfterSeconds: retryAfterSeconds) { Because = ExportRejectionReason.InjectedFault };

    /// <summary>No answer until the fault ends.</summary>
    public static ExportOutcome Silent(CancellationToken ended) => new(ExportOutcomeKind.Silent, SilentUntil: ended) { Because = ExportRejectionReason.InjectedFault };

    /// <summary>No answer, and the end of the connection.</summary>
    public static ExportOutcome Broken() => new(ExportOutcomeKind.Broken) { Because = ExportRejectionReason.InjectedFault };

    /// <summary>The warning of a request of which some spans are left out.</summary>
    public static ExportOutcome InvalidIds(long spans) => new(ExportOutcomeKind.Accepted, Text(
        $"{spans} spans have no valid id. Give a span a trace id of 16 bytes and a span id of 8 bytes, neither all zero."), spans);

    private static string Describe(WireError fault, int maxNesting) => fault switch
    {
        WireError.Truncated => "the payload ends inside a value",
        WireError.VarintTooLong => "a varint has more than ten bytes",
        WireError.FieldZero => "a tag names field 0",
        WireError.UnknownWireType => "a tag has a wire type above 5",
        WireError.LengthPastEnd => "a length runs past the end of its message",
        WireError.UnmatchedGroup => "a group ends that was not opened",
        WireError.TooDeep => Text($"messages are nested more than {maxNesting} levels deep"),
        WireError.NotUtf8 => "a text is not UTF-8",
        _ => "the payload is not a message",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
