using System.Buffers.Binary;
using System.Numerics;

namespace PerfLab.Collector.Payloads;

/// <summary>
/// One span where it lies in the payload: the plain fields are read, attributes, events and links are found when asked for.
/// It lives as long as the call that hands it out.
/// </summary>
internal readonly ref struct SpanView
{
    /// <summary>Trace ids have 16 bytes (opentelemetry/proto/trace/v1/trace.proto).</summary>
    public const int TraceIdBytes = 16;

    /// <summary>Span ids have 8 bytes.</summary>
    public const int SpanIdBytes = 8;

    /// <summary>The status code of an error.</summary>
    public const int ErrorStatus = 2;

    private const int AttributesField = 9;
    private const int EventsField = 11;
    private const int LinksField = 13;
    private const int StatusField = 15;
    private const int StatusCodeField = 3;
    private const int StatusMessageField = 2;

    private readonly ReadOnlySpan<byte> message;

    /// <summary>Initialises a new instance of the <see cref="SpanView"/> struct.</summary>
    /// <param name="message">A Span message that was checked.</param>
    public SpanView(ReadOnlySpan<byte> message)
    {
        this.message = message;
        var reader = new ProtoReader(message);
        while (!reader.AtEnd && reader.TryReadTag(out var number, out var type))
        {
            switch (number, type)
            {
                case ( <= 5 or StatusField, WireType.LengthDelimited):
                    reader.TryReadBytes(out var bytes, out _);
                    switch (number)
                    {
                        case 1: TraceId = bytes; break;
                        case 2: SpanId = bytes; break;
                        case 4: ParentSpanId = bytes; break;
                        case 5: Name = bytes; break;
                        case StatusField: StatusCode = ReadStatusCode(bytes, StatusCode); break;
                        default: break;
                    }

                    break;
                case (6, WireType.Varint):
                    reader.TryReadVarint(out var kind);
                    Kind = (int)kind;
                    break;
                case (7, WireType.Fixed64):
                    reader.TryReadFixed64(out var start);
                    StartUnixNanoseconds = start;
                    break;
                case (8, WireType.Fixed64):
                    reader.TryReadFixed64(out var end);
                    EndUnixNanoseconds = end;
                    break;
                default:
                    reader.TrySkip(number, type, int.MaxValue);
                    break;
            }
        }
    }

    /// <summary>Gets the whole Span message.</summary>
    public ReadOnlySpan<byte> Message => message;

    /// <summary>Gets the trace's id.</summary>
    public ReadOnlySpan<byte> TraceId { get; }

    /// <summary>Gets the span's id.</summary>
    public ReadOnlySpan<byte> SpanId { get; }

    /// <summary>Gets the parent's id; empty for a root.</summary>
    public ReadOnlySpan<byte> ParentSpanId { get; }

    /// <summary>Gets the name in UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Gets the kind: 1 internal, 2 server, 3 client, 4 producer, 5 consumer, 0 not said.</summary>
    public int Kind { get; }

    /// <summary>Gets the start, in nanoseconds since 1970 by the clock of the service.</summary>
    public ulong StartUnixNanoseconds { get; }

    /// <summary>Gets the end, in nanoseconds since 1970 by the clock of the service.</summary>
    public ulong EndUnixNanoseconds { get; }

    /// <summary>Gets the outcome: 0 not said, 1 good, 2 error.</summary>
    public int StatusCode { get; }

    /// <summary>Gets the attributes, each a KeyValue message for <see cref="AttributeView"/>.</summary>
    public NestedMessages Attributes => new(message, AttributesField);

    /// <summary>Gets the Event messages.</summary>
    public NestedMessages Events => new(message, EventsField);

    /// <summary>Gets the Link messages.</summary>
    public NestedMessages Links => new(message, LinksField);

    /// <summary>Gets what the service says of the outcome, in UTF-8; empty where it says nothing.</summary>
    public ReadOnlySpan<byte> StatusMessage
    {
        get
        {
            foreach (var status in new NestedMessages(message, StatusField))
            {
                foreach (var text in new NestedMessages(status, StatusMessageField))
                {
                    return text;
                }
            }

            return default;
        }
    }

    /// <summary>Gets a value indicating whether both ids have their length and are not all zero; else the span is invalid.</summary>
    public bool HasValidIds => IsValid(TraceId, TraceIdBytes) && IsValid(SpanId, SpanIdBytes);

    private static bool IsValid(ReadOnlySpan<byte> id, int length) => id.Length == length && id.ContainsAnyExcept((byte)0);

    private static int ReadStatusCode(ReadOnlySpan<byte> status, int before)
    {
        var reader = new ProtoReader(status);
        var code = before;
        while (!reader.AtEnd && reader.TryReadTag(out var number, out var type))
        {
            if (number == StatusCodeField && type == WireType.Varint)
            {
                reader.TryReadVarint(out var value);
                code = (int)value;
            }
            else
            {
                reader.TrySkip(number, type, int.MaxValue);
            }
        }

        return code;
    }
}

/// <summary>Who made the spans that follow, where it lies in the payload.</summary>
/// <param name="message">A Resource message that was checked; empty where the exporter sent none.</param>
internal readonly ref struct ResourceView(ReadOnlySpan<byte> message)
{
    private const int AttributesField = 1;

    private readonly ReadOnlySpan<byte> message = message;

    /// <summary>Gets the whole Resource message.</summary>
    public ReadOnlySpan<byte> Message => message;

    /// <summary>Gets the attributes, each a KeyValue message for <see cref="AttributeView"/>.</summary>
    public NestedMessages Attributes => new(message, AttributesField);

    /// <summary>Gets the service's name in UTF-8; empty where the exporter sent none.</summary>
    public ReadOnlySpan<byte> ServiceName
    {
        get
        {
            foreach (var keyValue in Attributes)
            {
                var attribute = new AttributeView(keyValue);
                if (attribute.Key.SequenceEqual("service.name"u8) && attribute.TryGetText(out var name))
                {
                    return name;
                }
            }

            return default;
        }
    }
}

/// <summary>A trace's id as a value.</summary>
/// <param name="High">The first eight bytes.</param>
/// <param name="Low">The last eight bytes.</param>
internal readonly record struct TraceKey(ulong High, ulong Low)
{
    /// <summary>
    /// Gets 64 well mixed bits of the id: ids should be random, but an exporter may count them up (finaliser of MurmurHash3,
    /// fmix64).
    /// </summary>
    public ulong Hash
    {
        get
        {
            var hash = High ^ BitOperations.RotateLeft(Low, 32);
            hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
            hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
            return hash ^ (hash >> 33);
        }
    }

    /// <summary>Takes the id of a span.</summary>
    /// <param name="traceId">Its 16 bytes.</param>
    public static TraceKey Of(ReadOnlySpan<byte> traceId) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(traceId),
        BinaryPrimitives.ReadUInt64LittleEndian(traceId[sizeof(ulong)..]));

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Hash;
}

/// <summary>Dates as spans have them.</summary>
internal static class UnixTime
{
    /// <summary>Gets the date in nanoseconds since 1970.</summary>
    public static long Nanoseconds(TimeProvider time) =>
        (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
