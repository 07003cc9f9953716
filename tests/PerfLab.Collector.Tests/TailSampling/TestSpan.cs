using System.Buffers.Binary;
using Google.Protobuf;
using PerfLab.Collector.Protocol;

namespace PerfLab.Collector.Tests.TailSampling;

/// <summary>A span in a few words; trace and span ids are small numbers.</summary>
internal sealed record TestSpan(int Trace, int Id, int? Parent = null)
{
    public const ulong Start = 1_728_000_000_000_000_000UL;

    public double Seconds { get; init; } = 0.01;

    public bool IsError { get; init; }

    public string Service { get; init; } = "shop";

    public IReadOnlyDictionary<string, object> Attributes { get; init; } = new Dictionary<string, object>();

    /// <summary>One export request with these spans, in this order.</summary>
    public static byte[] Request(params TestSpan[] spans) => new ExportTraceServiceRequest
    {
        ResourceSpans =
        {
            spans.Select(span => new ResourceSpans
            {
                Resource = new Resource { Attributes = { SampleExports.Text("service.name", span.Service) } },
                ScopeSpans = { new ScopeSpans { Spans = { span.Message() } } },
            }),
        },
    }.ToByteArray();

    private static AnyValue Value(object value) => value switch
    {
        string text => new AnyValue { StringValue = text },
        bool flag => new AnyValue { BoolValue = flag },
        int whole => new AnyValue { IntValue = whole },
        _ => new AnyValue { DoubleValue = (double)value },
    };

    private static ByteString Bytes(int number, int length)
    {
        var bytes = new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(length - sizeof(int)), number);
        return ByteString.CopyFrom(bytes);
    }

    private Span Message()
    {
        var span = new Span
        {
            TraceId = Bytes(Trace, 16),
            SpanId = Bytes(Id, 8),
            ParentSpanId = Parent is { } parent ? Bytes(parent, 8) : ByteString.Empty,
            Name = "work",
            StartTimeUnixNano = Start,
            EndTimeUnixNano = Start + (ulong)(Seconds * 1e9),
            Status = new Status { Code = IsError ? Status.Types.StatusCode.Error : Status.Types.StatusCode.Unset },
        };
        span.Attributes.Add(Attributes.Select(pair => new KeyValue { Key = pair.Key, Value = Value(pair.Value) }));
        return span;
    }
}
