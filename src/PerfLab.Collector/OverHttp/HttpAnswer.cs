using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using PerfLab.Collector.Exports;

namespace PerfLab.Collector.OverHttp;

/// <summary>Writes the answers of OTLP/HTTP.</summary>
internal static class HttpAnswer
{
    /// <summary>Answers 200 with an Export response.</summary>
    public static Task AcceptAsync(HttpContext context, ExportOutcome outcome) =>
        WriteAsync(context, StatusCodes.Status200OK, Answers.Success(outcome));

    /// <summary>Answers with a google.rpc.Status, as every refusal must.</summary>
    public static Task RefuseAsync(HttpContext context, int statusCode, ExportOutcome outcome)
    {
        if (outcome.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
        }

        if (outcome.Kind == OutcomeKind.TooSlow)
        {
            // The rest of the body is not waited for, so the connection cannot carry another request.
            context.Response.Headers.Connection = "close";
        }

        return WriteAsync(context, statusCode, Answers.Refusal(outcome));
    }

    private static async Task WriteAsync(HttpContext context, int statusCode, IMessage message)
    {
        // The answer is written as the request was (OTLP specification, "OTLP/HTTP Response").
        var json = HttpEnvelope.FormatOf(context.Request.ContentType) == PayloadFormat.Json;
        var body = json ? Answers.JsonBytes(message) : Answers.Bytes(message);
        var response = context.Response;
        response.StatusCode = statusCode;
        response.ContentType = json ? HttpEnvelope.Json : HttpEnvelope.Protobuf;
        response.ContentLength = body.Length;
        if (body.Length > 0)
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
