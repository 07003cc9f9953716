using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Exports;

namespace PerfLab.Collector.OverGrpc;

/// <summary>Names the three Export methods of OTLP/gRPC to Grpc.AspNetCore, bound to raw bytes instead of generated messages.</summary>
internal sealed class GrpcMethods : IServiceMethodProvider<GrpcExport>
{
    /// <summary>The path of trace exports.</summary>
    public const string TracePath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<GrpcExport> context)
    {
        Add(context, "opentelemetry.proto.collector.trace.v1.TraceService", Signal.Traces);
        Add(context, "opentelemetry.proto.collector.metrics.v1.MetricsService", Signal.Metrics);
        Add(context, "opentelemetry.proto.collector.logs.v1.LogsService", Signal.Logs);
    }

    private static void Add(ServiceMethodProviderContext<GrpcExport> context, string service, Signal signal) =>
        context.AddUnaryMethod(
            new Method<PooledBody, IMessage>(MethodType.Unary, service, "Export", GrpcMessages.Request, GrpcMessages.Response),
            [],
            (export, body, call) => export.HandleAsync(signal, body, call));
}
