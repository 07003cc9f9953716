using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.TailSampling;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Capture;

/// <summary>Writes down which spans of an arm are kept, while somebody wants to know.</summary>
/// <param name="time">The clock.</param>
internal sealed class SpanRecorder(TimeProvider time) : ISampledSpanSink
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> services = new(StringComparer.Ordinal);
    private List<SampledSpan>? spans;
    private byte[] attribute = [];
    private byte[] prefix = [];
    private int maxSpans;
    private long lost;

    /// <summary>Begins to write down.</summary>
    public void Begin(SpanRecorderOptions options)
    {
        lock (gate)
        {
            attribute = Encoding.UTF8.GetBytes(options.Attribute);
            prefix = Encoding.UTF8.GetBytes(options.Prefix);
            maxSpans = options.MaxSpans;
            lost = 0;
            spans = [];
        }
    }

    /// <summary>Ends it.</summary>
    /// <returns>What was kept since it began, in that order, and how many spans there was no room for.</returns>
    public SpanRecording End()
    {
        lock (gate)
        {
            var seen = new SpanRecording(spans ?? [], lost);
            spans = null;
            services.Clear();
            return seen;
        }
    }

    /// <summary>Keeps all spans of a request.</summary>
    /// <param name="payload">A checked ExportTraceServiceRequest.</param>
    public void RecordAll(ReadOnlySpan<byte> payload)
    {
        // Nobody watches in the measured rounds: there it must cost nothing.
        if (Volatile.Read(ref spans) is not null)
        {
            var visitor = new Visitor(this, UnixTime.Nanoseconds(time));
            SpanWalker.Visit(payload, ref visitor);
        }
    }

    /// <inheritdoc/>
    public void Record(ResourceView resource, SpanView span, long arrivedUnixNanoseconds)
    {
        lock (gate)
        {
            if (spans is null)
            {
                return;
            }

            if (spans.Count >= maxSpans)
            {
                lost++;
                return;
            }

            spans.Add(new SampledSpan(
                new UInt128(BinaryPrimitives.ReadUInt64BigEndian(span.TraceId), BinaryPrimitives.ReadUInt64BigEndian(span.TraceId[sizeof(ulong)..])),
                BinaryPrimitives.ReadUInt64BigEndian(span.SpanId),
                span.ParentSpanId.Length == SpanView.SpanIdBytes ? BinaryPrimitives.ReadUInt64BigEndian(span.ParentSpanId) : null,
                NameOf(resource),
                RequestOf(span),
                (long)span.StartUnixNanoseconds,
                (long)span.EndUnixNanoseconds,
                arrivedUnixNanoseconds,
                UnixTime.Nanoseconds(time),
                span.StatusCode == SpanView.ErrorStatus));
        }
    }

    private string NameOf(ResourceView resource)
    {
        Span<char> characters = stackalloc char[256];
        var name = resource.ServiceName;
        if (!Encoding.UTF8.TryGetChars(name, characters, out var count))
        {
            return Encoding.UTF8.GetString(name);
        }

        var known = services.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(characters[..count], out var text))
        {
            text = characters[..count].ToString();
            known[characters[..count]] = text;
        }

        return text;
    }

    private long? RequestOf(SpanView span)
    {
        foreach (var keyValue in span.Attributes)
        {
            var candidate = new AttributeView(keyValue);
            if (candidate.Key.SequenceEqual(attribute) && candidate.TryGetText(out var text) && text.StartsWith(prefix))
            {
                var digits = text[prefix.Length..];
                return Utf8Parser.TryParse(digits, out long number, out var used) && used == digits.Length ? number : null;
            }
        }

        return null;
    }

    private ref struct Visitor(SpanRecorder watch, long arrivedUnixNanoseconds) : ISpanVisitor
    {
        private ResourceView resource;

        public void EnterResource(ResourceView entered) => resource = entered;

        public readonly void Visit(SpanView span)
        {
            if (span.HasValidIds)
            {
                watch.Record(resource, span, arrivedUnixNanoseconds);
            }
        }
    }
}

/// <summary>How the spans that are kept are watched.</summary>
public sealed record SpanRecorderOptions
{
    /// <summary>Gets the attribute that names the request which a span belongs to; on the first span of a service usually.</summary>
    public required string Attribute { get; init; }

    /// <summary>Gets what stands before the request's number in that attribute's text.</summary>
    public required string Prefix { get; init; }

    /// <summary>Gets the most spans that are written down, 1 or more; others are counted as lost. Default 1,000,000.</summary>
    public int MaxSpans { get; init; } = 1_000_000;
}

/// <summary>What was kept of an arm while it was watched.</summary>
/// <param name="Spans">The spans in the order in which they could be seen.</param>
/// <param name="LostCount">Spans that there was no room to write down.</param>
public sealed record SpanRecording(IReadOnlyList<SampledSpan> Spans, long LostCount);
