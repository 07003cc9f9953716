using System.Buffers.Binary;
using System.Text;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.PersonalData;

namespace PerfLab.Collector.TraceInspection;

/// <summary>A span as it was seen, without its attributes.</summary>
internal sealed record SpanRecord
{
    public required UInt128 TraceId { get; init; }

    public required ulong SpanId { get; init; }

    /// <summary>Gets the parent's id; 0 for a root.</summary>
    public required ulong ParentId { get; init; }

    public required string Service { get; init; }

    public required string Name { get; init; }

    public required int Kind { get; init; }

    public required ulong Start { get; init; }

    public required double Seconds { get; init; }

    public required bool IsError { get; init; }

    /// <summary>Gets what a client span says that it called; null where it says nothing.</summary>
    public required string? Peer { get; init; }
}

/// <summary>Takes the spans of exports into memory, and looks for personal data on the way.</summary>
internal struct SpanCollector(List<SpanRecord> spans, PersonalDataCounter personal) : ISpanVisitor
{
    // OpenTelemetry semantic conventions: what a client calls, the most telling name first.
    private static readonly byte[][] s_peerKeys =
        [.. new[] { "peer.service", "db.system.name", "db.system", "messaging.system", "server.address" }.Select(Encoding.UTF8.GetBytes)];

    private const int Client = 3;
    private const int Producer = 4;
    private const double NanosecondsPerSecond = 1e9;

    private string service = string.Empty;

    /// <inheritdoc/>
    public void EnterResource(ResourceView resource)
    {
        service = resource.ServiceName.IsEmpty ? "(unnamed)" : Encoding.UTF8.GetString(resource.ServiceName);
        personal.Look(resource, service);
    }

    /// <inheritdoc/>
    public readonly void Visit(SpanView span)
    {
        var name = Encoding.UTF8.GetString(span.Name);
        personal.Look(span, service, name);
        if (!span.HasValidIds)
        {
            return;
        }

        spans.Add(new SpanRecord
        {
            TraceId = BinaryPrimitives.ReadUInt128BigEndian(span.TraceId),
            SpanId = BinaryPrimitives.ReadUInt64BigEndian(span.SpanId),
            ParentId = span.ParentSpanId.Length == SpanView.SpanIdBytes ? BinaryPrimitives.ReadUInt64BigEndian(span.ParentSpanId) : 0,
            Service = service,
            Name = name,
            Kind = span.Kind,
            Start = span.StartUnixNanoseconds,
            Seconds = span.EndUnixNanoseconds > span.StartUnixNanoseconds ? (span.EndUnixNanoseconds - span.StartUnixNanoseconds) / NanosecondsPerSecond : 0,
            IsError = span.StatusCode == 2,
            Peer = span.Kind is Client or Producer ? PeerOf(span) : null,
        });
    }

    private static string? PeerOf(SpanView span)
    {
        string? peer = null;
        var rank = s_peerKeys.Length;
        foreach (var keyValue in span.Attributes)
        {
            var attribute = new AttributeView(keyValue);
            for (var index = 0; index < rank; index++)
            {
                if (attribute.Key.SequenceEqual(s_peerKeys[index]) && attribute.TryGetText(out var text))
                {
                    (peer, rank) = (Encoding.UTF8.GetString(text), index);
                }
            }
        }

        return peer;
    }
}
