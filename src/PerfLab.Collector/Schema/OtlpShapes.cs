namespace PerfLab.Collector.Schema;

/// <summary>
/// The messages of an OTLP trace export, as <c>Protos/opentelemetry</c> has them. A test holds every field here against the
/// messages that protoc generates from there.
/// </summary>
internal static class OtlpShapes
{
    /// <summary>A message of which nothing is known: another signal, checked for well-formed fields only.</summary>
    public static readonly MessageShape Opaque = new();

    private static readonly MessageShape AnyValue = new();

    private static readonly MessageShape KeyValue = new(
        new FieldShape(1, "key", FieldKind.Text),
        new FieldShape(2, "value", FieldKind.Message, AnyValue));

    private static readonly MessageShape Link = new(
        new FieldShape(1, "traceId", FieldKind.Identifier),
        new FieldShape(2, "spanId", FieldKind.Identifier),
        new FieldShape(3, "traceState", FieldKind.Text),
        Attributes(4),
        new FieldShape(5, "droppedAttributesCount", FieldKind.UInt32),
        new FieldShape(6, "flags", FieldKind.Fixed32));

    private static readonly MessageShape Event = new(
        new FieldShape(1, "timeUnixNano", FieldKind.Fixed64),
        new FieldShape(2, "name", FieldKind.Text),
        Attributes(3),
        new FieldShape(4, "droppedAttributesCount", FieldKind.UInt32));

    private static readonly MessageShape Status = new(
        new FieldShape(2, "message", FieldKind.Text),
        new FieldShape(3, "code", FieldKind.Enumeration));

    private static readonly MessageShape Span = new(
        new FieldShape(1, "traceId", FieldKind.Identifier),
        new FieldShape(2, "spanId", FieldKind.Identifier),
        new FieldShape(3, "traceState", FieldKind.Text),
        new FieldShape(4, "parentSpanId", FieldKind.Identifier),
        new FieldShape(5, "name", FieldKind.Text),
        new FieldShape(6, "kind", FieldKind.Enumeration),
        new FieldShape(7, "startTimeUnixNano", FieldKind.Fixed64),
        new FieldShape(8, "endTimeUnixNano", FieldKind.Fixed64),
        Attributes(9),
        new FieldShape(10, "droppedAttributesCount", FieldKind.UInt32),
        new FieldShape(11, "events", FieldKind.Message, Event) { Repeated = true },
        new FieldShape(12, "droppedEventsCount", FieldKind.UInt32),
        new FieldShape(13, "links", FieldKind.Message, Link) { Repeated = true },
        new FieldShape(14, "droppedLinksCount", FieldKind.UInt32),
        new FieldShape(15, "status", FieldKind.Message, Status),
        new FieldShape(16, "flags", FieldKind.Fixed32));

    private static readonly MessageShape Scope = new(
        new FieldShape(1, "name", FieldKind.Text),
        new FieldShape(2, "version", FieldKind.Text),
        Attributes(3),
        new FieldShape(4, "droppedAttributesCount", FieldKind.UInt32));

    private static readonly MessageShape ScopeSpans = new(
        new FieldShape(1, "scope", FieldKind.Message, Scope),
        new FieldShape(2, "spans", FieldKind.Message, Span) { Repeated = true },
        new FieldShape(3, "schemaUrl", FieldKind.Text));

    private static readonly MessageShape Resource = new(
        Attributes(1),
        new FieldShape(2, "droppedAttributesCount", FieldKind.UInt32));

    private static readonly MessageShape ResourceSpans = new(
        new FieldShape(1, "resource", FieldKind.Message, Resource),
        new FieldShape(2, "scopeSpans", FieldKind.Message, ScopeSpans) { Repeated = true },
        new FieldShape(3, "schemaUrl", FieldKind.Text));

    /// <summary>ExportTraceServiceRequest.</summary>
    public static readonly MessageShape TraceRequest = new(
        new FieldShape(1, "resourceSpans", FieldKind.Message, ResourceSpans) { Repeated = true });

    static OtlpShapes()
    {
        var arrayValue = new MessageShape(new FieldShape(1, "values", FieldKind.Message, AnyValue) { Repeated = true });
        var keyValueList = new MessageShape(Attributes(1, "values"));
        AnyValue.Define(
            new FieldShape(1, "stringValue", FieldKind.Text),
            new FieldShape(2, "boolValue", FieldKind.Boolean),
            new FieldShape(3, "intValue", FieldKind.Int64),
            new FieldShape(4, "doubleValue", FieldKind.Float64),
            new FieldShape(5, "arrayValue", FieldKind.Message, arrayValue),
            new FieldShape(6, "kvlistValue", FieldKind.Message, keyValueList),
            new FieldShape(7, "bytesValue", FieldKind.Binary));
    }

    private static FieldShape Attributes(int number, string jsonName = "attributes") =>
        new(number, jsonName, FieldKind.Message, KeyValue) { Repeated = true };
}
