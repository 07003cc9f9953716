using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PerfLab.Collector.Exports;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Transport;

/// <summary>
/// Stands before Grpc.AspNetCore: lets a bounded number of calls in, gives a message a bounded time to arrive, and enters
/// calls that gRPC itself refused (too large, unknown encoding, broken frame) in the arm's ledger.
/// </summary>
/// <param name="patience">How long a message may take.</param>
internal sealed class GrpcAdmission(TimeSpan patience)
{
    /// <summary>HTTP/2's error code CANCEL (RFC 9113, 7).</summary>
    private const int Cancel = 8;

    /// <summary>Leads one call in.</summary>
    /// <param name="context">The call.</param>
    /// <param name="arm">Whose port it came to.</param>
    /// <param name="next">Grpc.AspNetCore.</param>
    public async Task HandleAsync(HttpContext context, ArmReceiver arm, RequestDelegate next)
    {
        if (!ArmToken.IsShown(context.Request, arm.Token))
        {
            Refuse(context.Response, ExportRejections.NoToken());
            arm.Ledger.Explain(new RejectedExport(ExportTransport.Grpc, (int)StatusCode.Unauthenticated, ExportRejectionReason.NoToken, context.Request.Path.Value ?? string.Empty, 1));
            return;
        }

        if (!arm.Requests.TryEnter())
        {
            Refuse(context.Response, ExportRejections.TooManyRequests());
            Account(context, arm);
            return;
        }

        var call = new GrpcCallState(arm);
        context.Features.Set(call);
        try
        {
            await using var clock = new Timer(static state => ResetUnlessReceived((HttpContext)state!), context, patience, Timeout.InfiniteTimeSpan);
            await next(context);
        }
        finally
        {
            call.Leave();
            if (!call.Received)
            {
                Account(context, arm);
            }
        }
    }

    private static void ResetUnlessReceived(HttpContext context)
    {
        if (context.Features.Get<GrpcCallState>() is { Received: false } call)
        {
            call.TimedOut = true;
            context.Features.Get<IHttpResetFeature>()?.Reset(Cancel);
        }
    }

    private static void Account(HttpContext context, ArmReceiver arm)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return;
        }

        var path = context.Request.Path.Value ?? string.Empty;
        if (!RejectedExport.IsOtherSignal(path))
        {
            ExportHandler.RejectUnread(arm, Signal.Traces, 0, default);
        }

        var (status, reason) = Diagnose(context);
        arm.Ledger.Explain(new RejectedExport(ExportTransport.Grpc, status, reason, path, 1));
    }

    private static (int? Status, ExportRejectionReason Reason) Diagnose(HttpContext context)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return (null, context.Features.Get<GrpcCallState>() is { TimedOut: true } ? ExportRejectionReason.TooSlow : ExportRejectionReason.ConnectionEnded);
        }

        if (!HttpRequestHeaders.IsGrpc(context.Request.ContentType))
        {
            return (context.Response.StatusCode, ExportRejectionReason.ContentType);
        }

        int? status = int.TryParse(StatusOf(context), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
        return (status, (StatusCode?)status switch
        {
            StatusCode.Unimplemented when GrpcMethodProvider.IsKnown(context.Request.Path) => ExportRejectionReason.ContentEncoding,
            StatusCode.Unimplemented => ExportRejectionReason.UnknownPath,
            StatusCode.ResourceExhausted => ExportRejectionReason.TooLarge,
            StatusCode.Unavailable => ExportRejectionReason.NoRoom,
            StatusCode.Cancelled => ExportRejectionReason.ConnectionEnded,
            null => ExportRejectionReason.ConnectionEnded,
            _ => ExportRejectionReason.Malformed,
        });
    }

    // A call that fails before it answers has its status in the headers, any other in the trailers.
    private static string? StatusOf(HttpContext context)
    {
        var headers = context.Response.Headers.GrpcStatus;
        return headers.Count > 0 ? headers.ToString() : context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.GrpcStatus.ToString();
    }

    // A gRPC answer without a message: the status stands in the headers ("Trailers-Only", gRPC over HTTP/2).
    private static void Refuse(HttpResponse response, ExportOutcome outcome)
    {
        var refusal = ExportResponses.Rejection(outcome);
        response.ContentType = "application/grpc";
        response.Headers.GrpcStatus = refusal.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers.GrpcMessage = refusal.Message;
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(ExportResponses.Bytes(refusal));
    }
}

/// <summary>What the receiver knows of a gRPC call while it runs.</summary>
/// <param name="arm">Whose port it came to.</param>
internal sealed class GrpcCallState(ArmReceiver arm)
{
    private int left;

    /// <summary>Gets the arm.</summary>
    public ArmReceiver Arm { get; } = arm;

    /// <summary>Gets or sets a value indicating whether the message arrived whole and is, or is about to be, in the ledger.</summary>
    public bool Received { get; set; }

    /// <summary>Gets or sets a value indicating whether the message took too long to arrive.</summary>
    public bool TimedOut { get; set; }

    /// <summary>Makes room for another call, once.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
        {
            Arm.Requests.Leave();
        }
    }
}
