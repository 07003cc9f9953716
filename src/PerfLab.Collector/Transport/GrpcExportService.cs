using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Payloads;
using PerfLab.Experiments.Results;
using RpcStatus = PerfLab.Collector.Protocol.Rpc.Status;

namespace PerfLab.Collector.Transport;

/// <summary>Answers the Export methods of OTLP/gRPC.</summary>
/// <param name="desk">Takes the bodies.</param>
internal sealed class GrpcExportService(FaultInjectingHandler desk)
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>Answers one call.</summary>
    /// <param name="signal">What the method carries.</param>
    /// <param name="body">The message as sent.</param>
    /// <param name="context">The call.</param>
    public async Task<IMessage> HandleAsync(Signal signal, PooledBody body, ServerCallContext context)
    {
        var outcome = await TakeAsync(signal, body, context);
        if (outcome.Kind != ExportOutcomeKind.Accepted)
        {
            int? status = outcome.Kind is ExportOutcomeKind.Broken or ExportOutcomeKind.Silent ? null : ExportResponses.Rejection(outcome).Code;
            var arm = context.GetHttpContext().Features.GetRequiredFeature<GrpcCallState>().Arm;
            arm.Ledger.Explain(new RejectedExport(ExportTransport.Grpc, status, outcome.Reason, context.Method, 1));
        }

        switch (outcome.Kind)
        {
            case ExportOutcomeKind.Accepted:
                return ExportResponses.Success(outcome);
            case ExportOutcomeKind.Silent:
                context.GetHttpContext().Features.GetRequiredFeature<GrpcCallState>().Leave();
                await FaultInjectingHandler.WaitSilentlyAsync(outcome, context.CancellationToken);
                goto case ExportOutcomeKind.Broken;
            case ExportOutcomeKind.Broken:
                ConnectionReset.Break(context.GetHttpContext().Features);
                throw new RpcException(new Status(StatusCode.Unavailable, "The connection is reset."));
            default:
                throw ToException(ExportResponses.Rejection(outcome));
        }
    }

    private static RpcException ToException(RpcStatus status) => new(
        new Status((StatusCode)status.Code, status.Message),
        new Metadata { { DetailsTrailer, status.ToByteArray() } });

    private async ValueTask<ExportOutcome> TakeAsync(Signal signal, PooledBody body, ServerCallContext context)
    {
        using (body)
        {
            var call = context.GetHttpContext().Features.GetRequiredFeature<GrpcCallState>();
            call.Received = true;
            var compressed = GzipDecoder.LooksCompressed(body.Written);
            var request = new ExportRequest(call.Arm, signal, body, compressed, PayloadFormat.Protobuf);
            return await desk.HandleAsync(request, context.CancellationToken);
        }
    }
}

/// <summary>Turns gRPC messages into pooled bodies and answers into bytes, without building a request's object graph.</summary>
internal static class GrpcMarshallers
{
    /// <summary>gRPC bounds a message before it gets here, and the arm bounds how many there are, so no budget is asked.</summary>
    private static readonly BufferBudget Unmetered = new(long.MaxValue);

    /// <summary>Copies the message as sent, compressed if so. Whoever gets the body disposes of it.</summary>
    public static readonly Marshaller<PooledBody> Request = new(
        static (PooledBody _, SerializationContext _) => throw new NotSupportedException("The receiver sends no requests."),
        static context =>
        {
            var payload = context.PayloadAsReadOnlySequence();
            var body = new PooledBody(Unmetered, int.MaxValue);
            body.Append(payload);
            return body;
        });

    /// <summary>Writes a response message.</summary>
    public static readonly Marshaller<IMessage> Response = new(
        static (message, context) =>
        {
            context.SetPayloadLength(message.CalculateSize());
            message.WriteTo(context.GetBufferWriter());
            context.Complete();
        },
        static (DeserializationContext _) => throw new NotSupportedException("The receiver reads no responses."));
}
