using System.Text;
using System.Text.Json;

namespace PerfLab.Collector.Payloads;

/// <summary>
/// The messages of an OTLP trace export, as <c>Protos/opentelemetry</c> has them. A test holds every field here against the
/// messages that protoc generates from there.
/// </summary>
internal static class OtlpSchema
{
    /// <summary>A message of which nothing is known: another signal, checked for well-formed fields only.</summary>
    public static readonly MessageSchema Opaque = new();

    private static readonly MessageSchema AnyValue = new();

    private static readonly MessageSchema KeyValue = new(
        new FieldSchema(1, "key", FieldKind.Text),
        new FieldSchema(2, "value", FieldKind.Message, AnyValue));

    private static readonly MessageSchema Link = new(
        new FieldSchema(1, "traceId", FieldKind.Identifier),
        new FieldSchema(2, "spanId", FieldKind.Identifier),
        new FieldSchema(3, "traceState", FieldKind.Text),
        Attributes(4),
        new FieldSchema(5, "droppedAttributesCount", FieldKind.UInt32),
        new FieldSchema(6, "flags", FieldKind.Fixed32));

    private static readonly MessageSchema Event = new(
        new FieldSchema(1, "timeUnixNano", FieldKind.Fixed64),
        new FieldSchema(2, "name", FieldKind.Text),
        Attributes(3),
        new FieldSchema(4, "droppedAttributesCount", FieldKind.UInt32));

    private static readonly MessageSchema Status = new(
        new FieldSchema(2, "message", FieldKind.Text),
        new FieldSchema(3, "code", FieldKind.Enumeration));

    private static readonly MessageSchema Span = new(
        new FieldSchema(1, "traceId", FieldKind.Identifier),
        new FieldSchema(2, "spanId", FieldKind.Identifier),
        new FieldSchema(3, "traceState", FieldKind.Text),
        new FieldSchema(4, "parentSpanId", FieldKind.Identifier),
        new FieldSchema(5, "name", FieldKind.Text),
        new FieldSchema(6, "kind", FieldKind.Enumeration),
        new FieldSchema(7, "startTimeUnixNano", FieldKind.Fixed64),
        new FieldSchema(8, "endTimeUnixNano", FieldKind.Fixed64),
        Attributes(9),
        new FieldSchema(10, "droppedAttributesCount", FieldKind.UInt32),
        new FieldSchema(11, "events", FieldKind.Message, Event) { Repeated = true },
        new FieldSchema(12, "droppedEventsCount", FieldKind.UInt32),
        new FieldSchema(13, "links", FieldKind.Message, Link) { Repeated = true },
        new FieldSchema(14, "droppedLinksCount", FieldKind.UInt32),
        new FieldSchema(15, "status", FieldKind.Message, Status),
        new FieldSchema(16, "flags", FieldKind.Fixed32));

    private static readonly MessageSchema Scope = new(
        new FieldSchema(1, "name", FieldKind.Text),
        new FieldSchema(2, "version", FieldKind.Text),
        Attributes(3),
        new FieldSchema(4, "droppedAttributesCount", FieldKind.UInt32));

    private static readonly MessageSchema ScopeSpans = new(
        new FieldSchema(1, "scope", FieldKind.Message, Scope),
        new FieldSchema(2, "spans", FieldKind.Message, Span) { Repeated = true },
        new FieldSchema(3, "schemaUrl", FieldKind.Text));

    private static readonly MessageSchema Resource = new(
        Attributes(1),
        new FieldSchema(2, "droppedAttributesCount", FieldKind.UInt32));

    private static readonly MessageSchema ResourceSpans = new(
        new FieldSchema(1, "resource", FieldKind.Message, Resource),
        new FieldSchema(2, "scopeSpans", FieldKind.Message, ScopeSpans) { Repeated = true },
        new FieldSchema(3, "schemaUrl", FieldKind.Text));

    /// <summary>ExportTraceServiceRequest.</summary>
    public static readonly MessageSchema TraceRequest = new(
        new FieldSchema(1, "resourceSpans", FieldKind.Message, ResourceSpans) { Repeated = true });

    static OtlpSchema()
    {
        var arrayValue = new MessageSchema(new FieldSchema(1, "values", FieldKind.Message, AnyValue) { Repeated = true });
        var keyValueList = new MessageSchema(Attributes(1, "values"));
        AnyValue.Define(
            new FieldSchema(1, "stringValue", FieldKind.Text),
            new FieldSchema(2, "boolValue", FieldKind.Boolean),
            new FieldSchema(3, "intValue", FieldKind.Int64),
            new FieldSchema(4, "doubleValue", FieldKind.Float64),
            new FieldSchema(5, "arrayValue", FieldKind.Message, arrayValue),
            new FieldSchema(6, "kvlistValue", FieldKind.Message, keyValueList),
            new FieldSchema(7, "bytesValue", FieldKind.Binary));
    }

    private static FieldSchema Attributes(int number, string jsonName = "attributes") =>
        new(number, jsonName, FieldKind.Message, KeyValue) { Repeated = true };
}

/// <summary>The fields of a message.</summary>
internal sealed class MessageSchema
{
    private FieldSchema?[] byNumber = [];

    /// <summary>Initialises a new instance of the <see cref="MessageSchema"/> class.</summary>
    public MessageSchema(params ReadOnlySpan<FieldSchema> fields) => Define(fields);

    /// <summary>Sets the fields, for messages that contain each other.</summary>
    public void Define(params ReadOnlySpan<FieldSchema> fields)
    {
        var highest = 0;
        foreach (var field in fields)
        {
            highest = Math.Max(highest, field.Number);
        }

        byNumber = new FieldSchema?[highest + 1];
        foreach (var field in fields)
        {
            byNumber[field.Number] = field;
        }
    }

    /// <summary>Returns the field of the name that the reader stands on, or null where the message has none.</summary>
    public FieldSchema? Find(ref Utf8JsonReader reader)
    {
        // Exporters never escape names, and comparing bytes is much faster than unescaping them.
        var plain = !reader.ValueIsEscaped;
        foreach (var field in byNumber)
        {
            if (field is not null && (plain ? reader.ValueSpan.SequenceEqual(field.JsonNameUtf8) : reader.ValueTextEquals(field.JsonNameUtf8)))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Returns the field of that number, or null where the message has none.</summary>
    public FieldSchema? Find(int number) => (uint)number < (uint)byNumber.Length ? byNumber[number] : null;
}

/// <summary>One field of a message.</summary>
internal sealed class FieldSchema
{
    /// <summary>Initialises a new instance of the <see cref="FieldSchema"/> class.</summary>
    public FieldSchema(int number, string jsonName, FieldKind kind, MessageSchema? message = null)
    {
        Number = number;
        JsonName = jsonName;
        JsonNameUtf8 = Encoding.UTF8.GetBytes(jsonName);
        Kind = kind;
        Message = message;
        WireType = kind switch
        {
            FieldKind.Fixed32 => WireType.Fixed32,
            FieldKind.Fixed64 or FieldKind.Float64 => WireType.Fixed64,
            FieldKind.Text or FieldKind.Binary or FieldKind.Identifier or FieldKind.Message => WireType.LengthDelimited,
            _ => WireType.Varint,
        };
    }

    /// <summary>Gets the number on the wire, 1 or more.</summary>
    public int Number { get; }

    /// <summary>Gets the name in JSON, in lowerCamelCase.</summary>
    public string JsonName { get; }

    /// <summary>Gets the name in JSON as bytes.</summary>
    public byte[] JsonNameUtf8 { get; }

    /// <summary>Gets what the field holds.</summary>
    public FieldKind Kind { get; }

    /// <summary>Gets the layout that the field has on the wire. Another layout makes it an unknown field.</summary>
    public WireType WireType { get; }

    /// <summary>Gets the message inside, for <see cref="FieldKind.Message"/>.</summary>
    public MessageSchema? Message { get; }

    /// <summary>Gets a value indicating whether the field may occur more than once; JSON then has an array.</summary>
    public bool Repeated { get; init; }
}

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
