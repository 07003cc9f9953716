using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Faults;
using RpcStatus = PerfLab.Collector.Protocol.Rpc.Status;

namespace PerfLab.Collector.OverGrpc;

/// <summary>Answers the Export methods of OTLP/gRPC.</summary>
/// <param name="desk">Takes the bodies.</param>
internal sealed class GrpcExport(TroubledDesk desk)
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>Answers one call.</summary>
    /// <param name="signal">What the method carries.</param>
    /// <param name="body">The message as sent.</param>
    /// <param name="context">The call.</param>
    public async Task<IMessage> HandleAsync(Signal signal, PooledBody body, ServerCallContext context)
    {
        var outcome = await TakeAsync(signal, body, context);
        switch (outcome.Kind)
        {
            case OutcomeKind.Accepted:
                return Answers.Success(outcome);
            case OutcomeKind.Silent:
                context.GetHttpContext().Features.GetRequiredFeature<GrpcCall>().Leave();
                await TroubledDesk.KeepSilentAsync(outcome, context.CancellationToken);
                goto case OutcomeKind.Broken;
            case OutcomeKind.Broken:
                ConnectionReset.Break(context.GetHttpContext().Features);
                throw new RpcException(new Status(StatusCode.Unavailable, "The connection is reset."));
            default:
                throw ToException(Answers.Refusal(outcome));
        }
    }

    private static RpcException ToException(RpcStatus status) => new(
        new Status((StatusCode)status.Code, status.Message),
        new Metadata { { DetailsTrailer, status.ToByteArray() } });

    private async ValueTask<ExportOutcome> TakeAsync(Signal signal, PooledBody body, ServerCallContext context)
    {
        using (body)
        {
            var call = context.GetHttpContext().Features.GetRequiredFeature<GrpcCall>();
            call.Received = true;
            var compressed = GzipDecoder.LooksCompressed(body.Written);
            var request = new ExportRequest(call.Arm, signal, body, compressed, PayloadFormat.Protobuf);
            return await desk.TakeAsync(request, context.CancellationToken);
        }
    }
}
