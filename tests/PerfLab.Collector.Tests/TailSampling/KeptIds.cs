using System.Buffers.Binary;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.TailSampling;

namespace PerfLab.Collector.Tests.TailSampling;

/// <summary>Writes down trace and span of what is kept, in order.</summary>
internal sealed class KeptIds : ISampledSpanSink
{
    public List<(int Trace, int Span)> Spans { get; } = [];

    public List<string> Services { get; } = [];

    public IEnumerable<int> Traces => Spans.Select(span => span.Trace).Distinct();

    public void Record(ResourceView resource, SpanView span, long arrivedUnixNanoseconds)
    {
        Spans.Add((BinaryPrimitives.ReadInt32BigEndian(span.TraceId[^sizeof(int)..]), BinaryPrimitives.ReadInt32BigEndian(span.SpanId[^sizeof(int)..])));
        Services.Add(System.Text.Encoding.UTF8.GetString(resource.ServiceName));
    }
}
