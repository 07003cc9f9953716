using System.IO.Compression;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Grpc.Net.Compression;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Payloads;

namespace PerfLab.Collector.Transport;

/// <summary>Names the three Export methods of OTLP/gRPC to Grpc.AspNetCore, bound to raw bytes instead of generated messages.</summary>
internal sealed class GrpcMethodProvider : IServiceMethodProvider<GrpcExportService>
{
    private const string TraceService = "opentelemetry.proto.collector.trace.v1.TraceService";
    private const string MetricsService = "opentelemetry.proto.collector.metrics.v1.MetricsService";
    private const string LogsService = "opentelemetry.proto.collector.logs.v1.LogsService";

    /// <summary>Whether one of the three methods is at a path.</summary>
    public static bool IsKnown(string? path) => path is $"/{TraceService}/Export" or $"/{MetricsService}/Export" or $"/{LogsService}/Export";

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<GrpcExportService> context)
    {
        Add(context, TraceService, Signal.Traces);
        Add(context, MetricsService, Signal.Metrics);
        Add(context, LogsService, Signal.Logs);
    }

    private static void Add(ServiceMethodProviderContext<GrpcExportService> context, string service, Signal signal) =>
        context.AddUnaryMethod(
            new Method<PooledBody, IMessage>(MethodType.Unary, service, "Export", GrpcMarshallers.Request, GrpcMarshallers.Response),
            [],
            (export, body, call) => export.HandleAsync(signal, body, call));
}

/// <summary>
/// Tells Grpc.AspNetCore that gzip is understood but hands the compressed bytes on as they are, so that our own decoder
/// bounds what they unfold to, uses pooled memory, and the bytes on the wire can be counted.
/// </summary>
internal sealed class PassThroughGzipProvider : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => "gzip";

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) => stream;

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        throw new NotSupportedException("Answers are not compressed: they have a few bytes. Leave the response algorithm unset.");
}
