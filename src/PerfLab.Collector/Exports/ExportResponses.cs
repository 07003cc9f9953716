using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using PerfLab.Collector.Protocol;
using PerfLab.Collector.Protocol.Rpc;
using RpcStatus = PerfLab.Collector.Protocol.Rpc.Status;

namespace PerfLab.Collector.Exports;

/// <summary>The messages that a sender gets back.</summary>
internal static class ExportResponses
{
    /// <summary>google.rpc.Code.INVALID_ARGUMENT, as in gRPC.</summary>
    private const int InvalidArgument = 3;

    /// <summary>google.rpc.Code.RESOURCE_EXHAUSTED.</summary>
    private const int ResourceExhausted = 8;

    /// <summary>google.rpc.Code.UNAVAILABLE.</summary>
    private const int Unavailable = 14;

    /// <summary>google.rpc.Code.UNAUTHENTICATED.</summary>
    private const int Unauthenticated = 16;

    /// <summary>google.rpc.Code.DEADLINE_EXCEEDED.</summary>
    private const int DeadlineExceeded = 4;

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithTypeRegistry(
        TypeRegistry.FromMessages(BadRequest.Descriptor, RetryInfo.Descriptor)));

    /// <summary>ExportTraceServiceResponse. Metrics and logs are answered with the same bytes: full success is an empty message.</summary>
    public static ExportTraceServiceResponse Success(ExportOutcome outcome) => outcome.Message is null
        ? new ExportTraceServiceResponse()
        : new ExportTraceServiceResponse
        {
            PartialSuccess = new ExportTracePartialSuccess { RejectedSpans = outcome.RejectedSpans, ErrorMessage = outcome.Message },
        };

    /// <summary>google.rpc.Status of a refusal, with what was wrong or when to try again.</summary>
    public static RpcStatus Rejection(ExportOutcome outcome)
    {
        var message = outcome.Message ?? string.Empty;
        return outcome.Kind switch
        {
            ExportOutcomeKind.Busy => Retryable(Unavailable, message, outcome.RetryAfterSeconds),
            ExportOutcomeKind.Throttled => Retryable(ResourceExhausted, message, outcome.RetryAfterSeconds),
            ExportOutcomeKind.TooLarge => new RpcStatus { Code = ResourceExhausted, Message = message },
            ExportOutcomeKind.Unauthenticated => new RpcStatus { Code = Unauthenticated, Message = message },
            ExportOutcomeKind.TooSlow => new RpcStatus { Code = DeadlineExceeded, Message = message },
            _ => new RpcStatus
            {
                Code = InvalidArgument,
                Message = message,
                Details = { Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "body", Description = message } } }) },
            },
        };
    }

    /// <summary>Writes protobuf's JSON.</summary>
    public static byte[] JsonBytes(IMessage message) => Encoding.UTF8.GetBytes(Json.Format(message));

    /// <summary>Writes protobuf.</summary>
    public static byte[] Bytes(IMessage message) => message.CalculateSize() == 0 ? [] : message.ToByteArray();

    // RetryInfo says when to try again, and makes RESOURCE_EXHAUSTED retryable at all.
    private static RpcStatus Retryable(int code, string message, double? seconds)
    {
        var status = new RpcStatus { Code = code, Message = message };
        if (seconds is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(delay)) }));
        }

        return status;
    }
}
