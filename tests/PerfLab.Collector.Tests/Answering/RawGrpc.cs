using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using PerfLab.Collector.Protocol;

namespace PerfLab.Collector.Tests.Answering;

/// <summary>Calls Export with message bytes as they are, through Microsoft's gRPC client.</summary>
internal sealed class RawGrpc : IDisposable
{
    public const string Traces = "opentelemetry.proto.collector.trace.v1.TraceService";

    private static readonly Marshaller<byte[]> AsTheyAre = new(static bytes => bytes, static bytes => bytes);

    private readonly GrpcChannel channel;

    public RawGrpc(OtlpReceiver receiver, string arm, params ICompressionProvider[] compression)
    {
        channel = GrpcChannel.ForAddress(receiver.GrpcEndpoint(arm), new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { UseProxy = false },
            DisposeHttpClient = true,
            CompressionProviders = compression.Length == 0 ? null : compression,
            MaxSendMessageSize = null,
        });
    }

    public async Task<ExportTraceServiceResponse> ExportAsync(byte[] message, string? encoding = null, string service = Traces, Metadata? metadata = null)
    {
        var method = new Method<byte[], byte[]>(MethodType.Unary, service, "Export", AsTheyAre, AsTheyAre);
        var headers = metadata ?? [];
        if (encoding is not null)
        {
            headers.Add("grpc-internal-encoding-request", encoding);
        }

        var options = new CallOptions(headers, DateTime.MaxValue, Limits.Token);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(method, null, options, message);
        return ExportTraceServiceResponse.Parser.ParseFrom(await call.ResponseAsync.WaitAsync(Limits.Wait));
    }

    public void Dispose() => channel.Dispose();
}
