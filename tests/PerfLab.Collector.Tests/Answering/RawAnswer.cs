using PerfLab.Collector.Protocol;
using PerfLab.Collector.Protocol.Rpc;
using RpcStatus = PerfLab.Collector.Protocol.Rpc.Status;

namespace PerfLab.Collector.Tests.Answering;

/// <summary>An answer as it came over HTTP.</summary>
internal sealed record RawAnswer(int StatusCode, string? ContentType, byte[] Body, TimeSpan? RetryAfter, string? Allow)
{
    public RpcStatus Status => RpcStatus.Parser.ParseFrom(Body);

    public ExportTraceServiceResponse Response => ExportTraceServiceResponse.Parser.ParseFrom(Body);
}
