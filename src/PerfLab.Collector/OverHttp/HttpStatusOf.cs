using Microsoft.AspNetCore.Http;
using PerfLab.Collector.Exports;

namespace PerfLab.Collector.OverHttp;

/// <summary>The HTTP status of an outcome (OTLP specification, "OTLP/HTTP Response").</summary>
internal static class HttpStatusOf
{
    /// <summary>Returns the status code. Of those for refusals a sender retries 429, 502, 503 and 504 only.</summary>
    public static int Outcome(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Accepted => StatusCodes.Status200OK,
        OutcomeKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        OutcomeKind.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        OutcomeKind.Busy => StatusCodes.Status503ServiceUnavailable,
        OutcomeKind.Throttled => StatusCodes.Status429TooManyRequests,
        OutcomeKind.TooSlow => StatusCodes.Status408RequestTimeout,
        _ => StatusCodes.Status400BadRequest,
    };
}
