using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Exports;
using RpcStatus = PerfLab.Collector.Protocol.Rpc.Status;

namespace PerfLab.Collector.OverGrpc;

/// <summary>Answers the Export methods of OTLP/gRPC.</summary>
/// <param name="desk">Takes the bodies.</param>
internal sealed class GrpcExport(ExportDesk desk)
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>Answers one call.</summary>
    /// <param name="signal">What the method carries.</param>
    /// <param name="body">The message as sent.</param>
    /// <param name="context">The call.</param>
    public Task<IMessage> HandleAsync(Signal signal, PooledBody body, ServerCallContext context)
    {
        var outcome = Take(signal, body, context);
        return outcome.Kind == OutcomeKind.Accepted
            ? Task.FromResult<IMessage>(Answers.Success(outcome))
            : throw ToException(Answers.Refusal(outcome));
    }

    private ExportOutcome Take(Signal signal, PooledBody body, ServerCallContext context)
    {
        using (body)
        {
            var call = context.GetHttpContext().Features.GetRequiredFeature<GrpcCall>();
            call.Received = true;
            return desk.Take(call.Arm, signal, body, GzipDecoder.LooksCompressed(body.Written), PayloadFormat.Protobuf);
        }
    }

    private static RpcException ToException(RpcStatus status) => new(
        new Status((StatusCode)status.Code, status.Message),
        new Metadata { { DetailsTrailer, status.ToByteArray() } });
}
