using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using PerfLab.Collector.Exports;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Transport;

/// <summary>Writes the answers of OTLP/HTTP.</summary>
internal static class HttpExportResponse
{
    /// <summary>Answers 200 with an Export response.</summary>
    public static Task AcceptAsync(HttpContext context, ExportOutcome outcome) =>
        WriteAsync(context, StatusCodes.Status200OK, ExportResponses.Success(outcome));

    /// <summary>Answers with a google.rpc.Status, as every refusal must.</summary>
    public static Task RejectAsync(HttpContext context, int statusCode, ExportOutcome outcome)
    {
        if (outcome.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
        }

        if (outcome.Kind == ExportOutcomeKind.TooSlow)
        {
            // The rest of the body is not waited for, so the connection cannot carry another request.
            context.Response.Headers.Connection = "close";
        }

        return WriteAsync(context, statusCode, ExportResponses.Rejection(outcome));
    }

    private static async Task WriteAsync(HttpContext context, int statusCode, IMessage message)
    {
        // The answer is written as the request was (OTLP specification, "OTLP/HTTP Response").
        var json = HttpRequestHeaders.FormatOf(context.Request.ContentType) == PayloadFormat.Json;
        var body = json ? ExportResponses.JsonBytes(message) : ExportResponses.Bytes(message);
        var response = context.Response;
        response.StatusCode = statusCode;
        response.ContentType = json ? HttpRequestHeaders.Json : HttpRequestHeaders.Protobuf;
        response.ContentLength = body.Length;
        if (body.Length > 0)
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}

/// <summary>The HTTP status of an outcome (OTLP specification, "OTLP/HTTP Response").</summary>
internal static class HttpStatusMapping
{
    /// <summary>Returns the status code. Of those for refusals a sender retries 429, 502, 503 and 504 only.</summary>
    public static int Of(ExportOutcome outcome) => outcome.Kind switch
    {
        ExportOutcomeKind.Unsupported when outcome.Reason == ExportRejectionReason.UnknownPath => StatusCodes.Status404NotFound,
        ExportOutcomeKind.Unsupported when outcome.Reason == ExportRejectionReason.WrongMethod => StatusCodes.Status405MethodNotAllowed,
        ExportOutcomeKind.Accepted => StatusCodes.Status200OK,
        ExportOutcomeKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ExportOutcomeKind.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        ExportOutcomeKind.Busy => StatusCodes.Status503ServiceUnavailable,
        ExportOutcomeKind.Throttled => StatusCodes.Status429TooManyRequests,
        ExportOutcomeKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ExportOutcomeKind.TooSlow => StatusCodes.Status408RequestTimeout,
        _ => StatusCodes.Status400BadRequest,
    };
}
