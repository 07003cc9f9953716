using Google.Protobuf;
using Grpc.Core;
using PerfLab.Collector.Bodies;

namespace PerfLab.Collector.OverGrpc;

/// <summary>Turns gRPC messages into pooled bodies and answers into bytes, without building a request's object graph.</summary>
internal static class GrpcMessages
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
