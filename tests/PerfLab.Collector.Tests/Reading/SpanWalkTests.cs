using System.Text;
using Google.Protobuf;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.Protocol;

namespace PerfLab.Collector.Tests.Reading;

public sealed class SpanWalkTests
{
    [Fact]
    public void Every_span_is_seen_as_the_generated_messages_have_it()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var request = SampleExports.Request(seed, spans: seed);
            request.ResourceSpans.Add(SampleExports.Request(seed + 100, spans: 2).ResourceSpans);
            request.ResourceSpans.Add(new ResourceSpans());
            var bytes = request.ToByteArray();

            Assert.Equal(Expected(request), Visit(bytes));
            Assert.Equal(seed + 2, SpanWalker.Count(bytes));
        }
    }

    [Fact]
    public void Fields_may_come_in_any_order_and_unknown_ones_are_passed_over()
    {
        var request = SampleExports.Request(seed: 3, spans: 2);
        var resource = request.ResourceSpans[0].Resource;
        request.ResourceSpans[0].Resource = null;
        byte[] late = [0x0a, (byte)resource.CalculateSize(), .. resource.ToByteArray()];
        byte[] unknown = [0xfa, 0x01, 0x01, 0x00, 0x7b, 0x08, 0x01, 0x7c];
        byte[] content = [.. unknown, .. request.ResourceSpans[0].ToByteArray(), .. late, .. unknown];
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        request.ResourceSpans[0].Resource = resource;
        Assert.Equal(Expected(request), Visit(buffer.ToArray()));
    }

    private static List<string> Visit(byte[] bytes)
    {
        var visitor = new Notes([]);
        SpanWalker.Visit(bytes, ref visitor);
        return visitor.Lines;
    }

    private static List<string> Expected(ExportTraceServiceRequest request)
    {
        List<string> lines = [];
        foreach (var resourceSpans in request.ResourceSpans)
        {
            var service = resourceSpans.Resource?.Attributes.Single(attribute => attribute.Key == "service.name").Value.StringValue;
            lines.Add($"resource {service}");
            foreach (var span in resourceSpans.ScopeSpans.SelectMany(scope => scope.Spans))
            {
                var attributes = span.Attributes.Select(attribute => $"{attribute.Key}={(attribute.Value?.HasStringValue == true ? attribute.Value.StringValue : null)}");
                lines.Add($"{Hex(span.TraceId.Span)} {Hex(span.SpanId.Span)} {Hex(span.ParentSpanId.Span)} {span.Name} {(int)span.Kind} "
                    + $"{span.StartTimeUnixNano} {span.EndTimeUnixNano} {(int)(span.Status?.Code ?? Status.Types.StatusCode.Unset)} {span.Events.Count} {span.Links.Count} "
                    + string.Join(',', attributes));
            }
        }

        return lines;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);

    private readonly struct Notes(List<string> lines) : ISpanVisitor
    {
        public List<string> Lines { get; } = lines;

        public void EnterResource(ResourceView resource) => Lines.Add($"resource {Encoding.UTF8.GetString(resource.ServiceName)}");

        public void Visit(SpanView span)
        {
            List<string> attributes = [];
            foreach (var keyValue in span.Attributes)
            {
                var attribute = new AttributeView(keyValue);
                var text = attribute.TryGetText(out var value) ? Encoding.UTF8.GetString(value) : null;
                attributes.Add($"{Encoding.UTF8.GetString(attribute.Key)}={text}");
            }

            Assert.True(span.HasValidIds);
            Lines.Add($"{Hex(span.TraceId)} {Hex(span.SpanId)} {Hex(span.ParentSpanId)} {Encoding.UTF8.GetString(span.Name)} {span.Kind} "
                + $"{span.StartUnixNanoseconds} {span.EndUnixNanoseconds} {span.StatusCode} {Count(span.Events)} {Count(span.Links)} "
                + string.Join(',', attributes));
        }

        private static int Count(NestedMessages messages)
        {
            var count = 0;
            while (messages.MoveNext())
            {
                count++;
            }

            return count;
        }
    }
}
