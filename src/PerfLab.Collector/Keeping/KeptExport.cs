namespace PerfLab.Collector.Keeping;

/// <summary>A taken trace export that was kept to be looked at later.</summary>
/// <param name="Payload">The checked ExportTraceServiceRequest in protobuf's wire format.</param>
/// <param name="Sent">The body as it was sent: the same bytes, unless it was compressed or JSON.</param>
/// <param name="Compressed">True if <paramref name="Sent"/> is gzip.</param>
public sealed record KeptExport(ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Sent, bool Compressed);
