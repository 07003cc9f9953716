using Microsoft.AspNetCore.Http;
using PerfLab.Collector.Arms;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Faults;

namespace PerfLab.Collector.OverHttp;

/// <summary>Answers OTLP/HTTP requests.</summary>
/// <param name="desk">Takes the bodies.</param>
/// <param name="limits">How much is taken.</param>
internal sealed class HttpExport(TroubledDesk desk, BodyLimits limits)
{
    /// <summary>Of a body that is refused unread, this many times the limit is read so that the sender sees the answer; then its connection is reset.</summary>
    private const long DiscardFactor = 10;

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="arm">Whose port it came to.</param>
    public async Task HandleAsync(HttpContext context, ArmChannel arm)
    {
        var signal = HttpEnvelope.SignalOf(context.Request.Path);
        if (signal == Signal.Unknown)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, new(OutcomeKind.Unsupported,
                $"Nothing is received at {context.Request.Path}. Post to /v1/traces, /v1/metrics or /v1/logs."));
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, new(OutcomeKind.Unsupported,
                $"{context.Request.Method} is not answered at {context.Request.Path}. Use POST."));
            return;
        }

        if (!arm.Requests.TryEnter())
        {
            await AnswerAsync(context, ExportDesk.RefuseUnread(arm, signal, 0, Refusals.Crowded()));
            return;
        }

        ExportOutcome outcome;
        try
        {
            outcome = await TakeAsync(context, arm, signal);
        }
        finally
        {
            arm.Requests.Leave();
        }

        await AnswerAsync(context, outcome);
    }

    private async ValueTask<ExportOutcome> TakeAsync(HttpContext context, ArmChannel arm, Signal signal)
    {
        var headers = context.Request.Headers;
        var format = HttpEnvelope.FormatOf(context.Request.ContentType);
        if (format == PayloadFormat.Unknown)
        {
            return ExportDesk.RefuseUnread(arm, signal, 0, new(OutcomeKind.Unsupported,
                $"Content-Type '{context.Request.ContentType}' is not supported. Send application/x-protobuf or application/json."));
        }

        if (!HttpEnvelope.TryReadEncoding(headers.ContentEncoding, out var compressed))
        {
            context.Response.Headers.AcceptEncoding = "gzip, identity";
            return ExportDesk.RefuseUnread(arm, signal, 0, new(OutcomeKind.Unsupported,
                $"Content-Encoding '{headers.ContentEncoding}' is not supported. Send gzip, or no encoding."));
        }

        using var body = new PooledBody(arm.Budget, limits.MaxWireBytes);
        var fault = await ReadAsync(context.Request, body);
        return fault == BodyFault.None
            ? await desk.TakeAsync(new ExportRequest(arm, signal, body, compressed, format), context.RequestAborted)
            : ExportDesk.RefuseUnread(arm, signal, body.Length, Refusals.Of(fault, limits, decompressing: false));
    }

    private ValueTask<BodyFault> ReadAsync(HttpRequest request, PooledBody body)
    {
        if (request.ContentLength is not { } announced)
        {
            return BodyIntake.ReadAsync(request, body, limits.Patience);
        }

        if (announced > limits.MaxWireBytes)
        {
            return ValueTask.FromResult(BodyFault.TooLarge);
        }

        return body.TryReserve((int)announced)
            ? BodyIntake.ReadAsync(request, body, limits.Patience)
            : ValueTask.FromResult(BodyFault.OverBudget);
    }

    private async Task RefuseAsync(HttpContext context, int statusCode, ExportOutcome outcome)
    {
        await HttpAnswer.RefuseAsync(context, statusCode, outcome);
        if (outcome.Kind != OutcomeKind.TooSlow
            && !await BodyIntake.DiscardAsync(context.Request, DiscardFactor * limits.MaxWireBytes, limits.Patience))
        {
            ConnectionReset.Break(context.Features);
        }
    }

    private async Task AnswerAsync(HttpContext context, ExportOutcome outcome)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Accepted:
                await HttpAnswer.AcceptAsync(context, outcome);
                break;
            case OutcomeKind.Broken:
                ConnectionReset.Break(context.Features);
                break;
            case OutcomeKind.Silent:
                await TroubledDesk.KeepSilentAsync(outcome, context.RequestAborted);
                ConnectionReset.Break(context.Features);
                break;
            default:
                await RefuseAsync(context, HttpStatusOf.Outcome(outcome.Kind), outcome);
                break;
        }
    }
}
