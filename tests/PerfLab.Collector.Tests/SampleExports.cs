using Google.Protobuf;
using PerfLab.Collector.Protocol;

namespace PerfLab.Collector.Tests;

/// <summary>Export requests made of generated messages, from a seed.</summary>
internal static class SampleExports
{
    public static ExportTraceServiceRequest Request(int seed, int spans = 3)
    {
        var random = new Random(seed);
        var scope = new ScopeSpans { Scope = new InstrumentationScope { Name = "shop", Version = "1" } };
        for (var index = 0; index < spans; index++)
        {
            scope.Spans.Add(Span(random, index));
        }

        var resource = new Resource { Attributes = { Text("service.name", "orders"), Text("host.name", "lab") } };
        return new ExportTraceServiceRequest
        {
            ResourceSpans = { new ResourceSpans { Resource = resource, ScopeSpans = { scope }, SchemaUrl = "https://example.org/1" } },
        };
    }

    public static byte[] Bytes(int seed, int spans = 3) => Request(seed, spans).ToByteArray();

    public static KeyValue Text(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    /// <summary>A request whose only span has an attribute of arrays within arrays.</summary>
    /// <param name="arrays">How many arrays; each is two levels of messages.</param>
    public static ExportTraceServiceRequest Nested(int arrays)
    {
        var value = new AnyValue { StringValue = "innermost" };
        for (var index = 0; index < arrays; index++)
        {
            value = new AnyValue { ArrayValue = new ArrayValue { Values = { value } } };
        }

        var request = Request(seed: 1, spans: 1);
        request.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes.Add(new KeyValue { Key = "deep", Value = value });
        return request;
    }

    private static Span Span(Random random, int index)
    {
        var start = 1_700_000_000_000_000_000UL + (ulong)random.NextInt64(1_000_000_000);
        var span = new Span
        {
            TraceId = Id(random, 16),
            SpanId = Id(random, 8),
            ParentSpanId = index == 0 ? ByteString.Empty : Id(random, 8),
            TraceState = "lab=1",
            Name = $"processOrder {index} Ωñ",
            Kind = (Span.Types.SpanKind)random.Next(6),
            StartTimeUnixNano = start,
            EndTimeUnixNano = start + (ulong)random.Next(1_000_000),
            DroppedAttributesCount = (uint)random.Next(3),
            Flags = 0x101,
            Status = new Status { Code = (Status.Types.StatusCode)random.Next(3), Message = "card refused" },
            Events = { new Span.Types.Event { Name = "retry", TimeUnixNano = start, Attributes = { Text("reason", "timeout") } } },
            Links = { new Span.Types.Link { TraceId = Id(random, 16), SpanId = Id(random, 8), Flags = 1, TraceState = "x=y" } },
        };
        span.Attributes.Add(Text("order.id", $"o-{random.Next()}"));
        span.Attributes.Add(new KeyValue { Key = "items", Value = new AnyValue { IntValue = -random.Next(9) } });
        span.Attributes.Add(new KeyValue { Key = "cost", Value = new AnyValue { DoubleValue = random.NextDouble() } });
        span.Attributes.Add(new KeyValue { Key = "express", Value = new AnyValue { BoolValue = true } });
        span.Attributes.Add(new KeyValue { Key = "blob", Value = new AnyValue { BytesValue = Id(random, 5) } });
        span.Attributes.Add(new KeyValue
        {
            Key = "map",
            Value = new AnyValue { KvlistValue = new KeyValueList { Values = { Text("a", "b"), new KeyValue { Key = "none" } } } },
        });
        return span;
    }

    private static ByteString Id(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        bytes[0] |= 1;
        return ByteString.CopyFrom(bytes);
    }
}
