using System.Globalization;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Json;
using PerfLab.Collector.Wire;

namespace PerfLab.Collector.Exports;

/// <summary>Puts refusals into words: what failed with its value, where, and what to do next.</summary>
internal static class Refusals
{
    /// <summary>How long a sender should wait when the receiver has no room: far longer than a request takes here.</summary>
    private const double BusySeconds = 1;

    /// <summary>The refusal of a body that could not be read or decompressed.</summary>
    public static ExportOutcome Of(BodyFault fault, BodyLimits limits, bool decompressing) => fault switch
    {
        BodyFault.TooLarge when decompressing => new(OutcomeKind.TooLarge, Text(
            $"The body has more than {limits.MaxDecodedBytes} bytes after decompression. Send smaller batches.")),
        BodyFault.TooLarge => new(OutcomeKind.TooLarge, Text(
            $"The body has more than {limits.MaxWireBytes} bytes as sent. Send smaller batches.")),
        BodyFault.Corrupt => new(OutcomeKind.Malformed,
            "The body is not a whole gzip stream. Send one gzip member as RFC 1952 has it, or no encoding."),
        BodyFault.OverBudget => new(OutcomeKind.Busy,
            "The receiver already holds as many bytes of other requests as it may. Try again in a second.",
            RetryAfterSeconds: BusySeconds),
        BodyFault.TooSlow => new(OutcomeKind.TooSlow, Text(
            $"The body did not arrive within {limits.Patience.TotalSeconds} seconds. Send it faster, or in smaller batches.")),
        _ => new(OutcomeKind.Broken, "The connection ended before the body did. Send the whole body."),
    };

    /// <summary>The refusal of a payload that is not a well-formed message.</summary>
    public static ExportOutcome Malformed(WireFault fault, int position, int length, int maxNesting) =>
        new(OutcomeKind.Malformed, Text(
            $"Byte {position} of {length}: {Describe(fault, maxNesting)}. Send a protobuf-encoded Export request of OTLP 1.x."));

    /// <summary>The refusal of a JSON payload.</summary>
    public static ExportOutcome Of(JsonFault fault, int length, BodyLimits limits) => fault.Reason is null
        ? Of(fault.Room, limits, decompressing: true)
        : new(OutcomeKind.Malformed, Text(
            $"Byte {fault.Position} of {length}: {fault.Reason.TrimEnd('.')}. Send a JSON-encoded Export request of OTLP 1.x."));

    /// <summary>The refusal of a request above the bound of requests at once.</summary>
    public static ExportOutcome Crowded() => new(OutcomeKind.Busy,
        "The receiver already handles as many requests of this arm as it may. Try again in a second.",
        RetryAfterSeconds: BusySeconds);

    /// <summary>The refusal of an injected <see cref="Faults.BackEndFault.Unavailable"/>.</summary>
    public static ExportOutcome Unavailable(double? retryAfterSeconds) => new(OutcomeKind.Busy,
        "The back end is made unavailable on purpose. Try again.", RetryAfterSeconds: retryAfterSeconds);

    /// <summary>The refusal of an injected <see cref="Faults.BackEndFault.Throttled"/>.</summary>
    public static ExportOutcome Throttled(double? retryAfterSeconds) => new(OutcomeKind.Throttled,
        "The back end is made to throttle on purpose. Send less often.", RetryAfterSeconds: retryAfterSeconds);

    /// <summary>No answer until the fault ends.</summary>
    public static ExportOutcome Silent(CancellationToken ended) => new(OutcomeKind.Silent, SilentUntil: ended);

    /// <summary>No answer, and the end of the connection.</summary>
    public static ExportOutcome Broken() => new(OutcomeKind.Broken);

    /// <summary>The warning of a request of which some spans are left out.</summary>
    public static ExportOutcome WithoutIds(long spans) => new(OutcomeKind.Accepted, Text(
        $"{spans} spans have no valid id. Give a span a trace id of 16 bytes and a span id of 8 bytes, neither all zero."), spans);

    private static string Describe(WireFault fault, int maxNesting) => fault switch
    {
        WireFault.Truncated => "the payload ends inside a value",
        WireFault.VarintTooLong => "a varint has more than ten bytes",
        WireFault.FieldZero => "a tag names field 0",
        WireFault.UnknownWireType => "a tag has a wire type above 5",
        WireFault.LengthPastEnd => "a length runs past the end of its message",
        WireFault.UnmatchedGroup => "a group ends that was not opened",
        WireFault.TooDeep => Text($"messages are nested more than {maxNesting} levels deep"),
        WireFault.NotUtf8 => "a text is not UTF-8",
        _ => "the payload is not a message",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
