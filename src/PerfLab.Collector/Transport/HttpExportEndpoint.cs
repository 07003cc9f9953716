using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Payloads;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Transport;

/// <summary>Answers OTLP/HTTP requests.</summary>
/// <param name="desk">Takes the bodies.</param>
/// <param name="limits">How much is taken.</param>
internal sealed class HttpExportEndpoint(FaultInjectingHandler desk, BodyLimits limits)
{
    /// <summary>Of a body that is refused unread, this many times the limit is read so that the sender sees the answer; then its connection is reset.</summary>
    private const long DiscardFactor = 10;

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="arm">Whose port it came to.</param>
    public async Task HandleAsync(HttpContext context, ArmReceiver arm)
    {
        var outcome = await AdmitAsync(context, arm);
        if (outcome.Kind != ExportOutcomeKind.Accepted && CarriesTelemetry(context))
        {
            int? status = outcome.Kind is ExportOutcomeKind.Broken or ExportOutcomeKind.Silent ? null : HttpStatusMapping.Of(outcome);
            arm.Ledger.Explain(new RejectedExport(ExportTransport.Http, status, outcome.Reason, context.Request.Path.Value ?? string.Empty, 1));
        }

        await AnswerAsync(context, outcome);
    }

    // A request without a body, such as a browser's or a health check's, is no export.
    private static bool CarriesTelemetry(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    private async ValueTask<ExportOutcome> AdmitAsync(HttpContext context, ArmReceiver arm)
    {
        if (!ArmToken.IsShown(context.Request, arm.Token))
        {
            return ExportRejections.NoToken();
        }

        var path = context.Request.Path;
        var signal = HttpRequestHeaders.SignalOf(path);
        if (signal == Signal.Unknown)
        {
            var meant = CarriesTelemetry(context) && !RejectedExport.IsOtherSignal(path.Value ?? string.Empty) ? Signal.Traces : Signal.Unknown;
            return ExportHandler.RejectUnread(arm, meant, 0, new(ExportOutcomeKind.Unsupported,
                $"Nothing is received at {path}. Post to /v1/traces, /v1/metrics or /v1/logs.") { Because = ExportRejectionReason.UnknownPath });
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            return ExportHandler.RejectUnread(arm, CarriesTelemetry(context) ? signal : Signal.Unknown, 0, new(ExportOutcomeKind.Unsupported,
                $"{context.Request.Method} is not answered at {path}. Use POST.") { Because = ExportRejectionReason.WrongMethod });
        }

        if (!arm.Requests.TryEnter())
        {
            return ExportHandler.RejectUnread(arm, signal, 0, ExportRejections.TooManyRequests());
        }

        try
        {
            return await TakeAsync(context, arm, signal);
        }
        finally
        {
            arm.Requests.Leave();
        }
    }

    private async ValueTask<ExportOutcome> TakeAsync(HttpContext context, ArmReceiver arm, Signal signal)
    {
        var headers = context.Request.Headers;
        var format = HttpRequestHeaders.FormatOf(context.Request.ContentType);
        if (format == PayloadFormat.Unknown)
        {
            return ExportHandler.RejectUnread(arm, signal, 0, new(ExportOutcomeKind.Unsupported,
                $"Content-Type '{context.Request.ContentType}' is not supported. Send application/x-protobuf or application/json.") { Because = ExportRejectionReason.ContentType });
        }

        if (!HttpRequestHeaders.TryReadEncoding(headers.ContentEncoding, out var compressed))
        {
            context.Response.Headers.AcceptEncoding = "gzip, deflate, identity";
            return ExportHandler.RejectUnread(arm, signal, 0, new(ExportOutcomeKind.Unsupported,
                $"Content-Encoding '{headers.ContentEncoding}' is not supported. Send gzip, deflate, or no encoding.") { Because = ExportRejectionReason.ContentEncoding });
        }

        using var body = new PooledBody(arm.Budget, limits.MaxWireBytes);
        var fault = await ReadAsync(context.Request, body);
        return fault == BodyError.None
            ? await desk.HandleAsync(new ExportRequest(arm, signal, body, compressed, format), context.RequestAborted)
            : ExportHandler.RejectUnread(arm, signal, body.Length, ExportRejections.Of(fault, limits, decompressing: false));
    }

    private ValueTask<BodyError> ReadAsync(HttpRequest request, PooledBody body)
    {
        if (request.ContentLength is not { } announced)
        {
            return RequestBodyReader.ReadAsync(request, body, limits.ReadTimeout);
        }

        if (announced > limits.MaxWireBytes)
        {
            return ValueTask.FromResult(BodyError.TooLarge);
        }

        return body.TryReserve((int)announced)
            ? RequestBodyReader.ReadAsync(request, body, limits.ReadTimeout)
            : ValueTask.FromResult(BodyError.OverBudget);
    }

    private async Task RejectAsync(HttpContext context, int statusCode, ExportOutcome outcome)
    {
        await HttpExportResponse.RejectAsync(context, statusCode, outcome);
        if (outcome.Kind != ExportOutcomeKind.TooSlow
            && !await RequestBodyReader.DiscardAsync(context.Request, DiscardFactor * limits.MaxWireBytes, limits.ReadTimeout))
        {
            ConnectionReset.Break(context.Features);
        }
    }

    private async Task AnswerAsync(HttpContext context, ExportOutcome outcome)
    {
        switch (outcome.Kind)
        {
            case ExportOutcomeKind.Accepted:
                await HttpExportResponse.AcceptAsync(context, outcome);
                break;
            case ExportOutcomeKind.Broken:
                ConnectionReset.Break(context.Features);
                break;
            case ExportOutcomeKind.Silent:
                await FaultInjectingHandler.WaitSilentlyAsync(outcome, context.RequestAborted);
                ConnectionReset.Break(context.Features);
                break;
            default:
                await RejectAsync(context, HttpStatusMapping.Of(outcome), outcome);
                break;
        }
    }
}
