using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using PerfLab.Collector.Protocol;

namespace PerfLab.Collector.Capture;

/// <summary>What an OTLP/HTTP endpoint said to one request (OTLP specification, "OTLP/HTTP Response").</summary>
/// <param name="RejectedCount">Spans, or points of metrics, that it did not take; null for all of them.</param>
/// <param name="Refusal">Why not, or null when it took everything.</param>
/// <param name="MayTryAgain">Whether the same request may be taken later.</param>
/// <param name="RetryAfter">When to try again, if it said so: at most an hour.</param>
internal sealed record ForwardingAnswer(long? RejectedCount, ForwardingReason? Refusal, bool MayTryAgain, TimeSpan? RetryAfter)
{
    // An answer to an export has some hundred bytes at most.
    private const int MostAnswerBytes = 1024 * 1024;

    // What waits longer is lost at the end of a run anyway, and timers end at 49 days.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);

    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Reads an answer to traces.</summary>
    /// <param name="response">The answer, its body not read yet.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<ForwardingAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => ReadAsync(
        response,
        ExportTraceServiceResponse.Parser,
        answer => (answer.PartialSuccess?.RejectedSpans ?? 0, answer.PartialSuccess?.ErrorMessage),
        cancellationToken);

    /// <summary>Reads an answer to metrics.</summary>
    /// <param name="response">The answer, its body not read yet.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<ForwardingAnswer> ReadMetricsAsync(HttpResponseMessage response, CancellationToken cancellationToken) => ReadAsync(
        response,
        ExportMetricsServiceResponse.Parser,
        answer => (answer.PartialSuccess?.RejectedDataPoints ?? 0, answer.PartialSuccess?.ErrorMessage),
        cancellationToken);

    /// <summary>Says where an endpoint leads to that is no answer but a redirect; null where it is none. It is not followed: it would take the payload, and the API key, to somewhere nobody named.</summary>
    public static string? RedirectOf(HttpResponseMessage response) => response.Headers.Location is { } location && (int)response.StatusCode is >= 300 and < 400
        ? $"redirects to {location.OriginalString.Split('?', '#')[0]}, which is not followed"
        : null;

    private static async Task<ForwardingAnswer> ReadAsync<T>(HttpResponseMessage response, MessageParser<T> parser, Func<T, (long Rejected, string? Message)> read, CancellationToken cancellationToken)
        where T : IMessage<T>, new()
    {
        var status = (int)response.StatusCode;
        if (RedirectOf(response) is { } redirect)
        {
            return Refused(status, redirect);
        }

        if (!response.IsSuccessStatusCode)
        {
            return Refused(status, response.ReasonPhrase ?? "refused") with { MayTryAgain = IsForNow(response.StatusCode), RetryAfter = RetryAfterOf(response.Headers) };
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(MostAnswerBytes, cancellationToken);
        }
        catch (HttpRequestException tooLarge) when (tooLarge.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return Refused(status, "answers with more than 1 MiB, which is not OTLP");
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (body.Length == 0)
        {
            // An empty message is the whole answer of a success.
            return new ForwardingAnswer(0, null, false, null);
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        try
        {
            var answer = type switch
            {
                // Back ends written by hand leave it out; what is no such message cannot be read.
                null or "application/x-protobuf" or "application/protobuf" => parser.ParseFrom(body),
                "application/json" => Json.Parse<T>(System.Text.Encoding.UTF8.GetString(body)),
                _ => default,
            };
            return answer is null ? Refused(status, $"answers with {type}, which is not OTLP")
                : read(answer) is (> 0 and var rejected, var message) ? new ForwardingAnswer(rejected, new ForwardingReason(status, string.IsNullOrEmpty(message) ? "partial success" : $"partial success: {message}"), false, null)
                : new ForwardingAnswer(0, null, false, null);
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or InvalidJsonException)
        {
            return Refused(status, $"answers with {type ?? "a body without a content type"} that cannot be read");
        }
    }

    // In seconds or as a date (RFC 9110, section 10.2.3), which is read by the endpoint's own clock where it tells the time.
    private static TimeSpan? RetryAfterOf(HttpResponseHeaders headers)
    {
        var stated = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - (headers.Date ?? TimeProvider.System.GetUtcNow());
        return stated is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_longestWait ? s_longestWait : wait;
    }

    private static ForwardingAnswer Refused(int status, string what) => new(null, new ForwardingReason(status, what), false, null);

    // Of what an endpoint answers, only these are for now (OTLP specification, "Retryable Response Codes").
    private static bool IsForNow(HttpStatusCode status) => status
        is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}

/// <summary>Why an endpoint did not take spans.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="What">What it said or did, in a few words.</param>
public sealed record ForwardingReason(int? Status, string What)
{
    /// <inheritdoc/>
    public override string ToString() => Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"{status} ({What})") : What;
}

/// <summary>Spans that an endpoint did not take, for one reason.</summary>
/// <param name="Address">Where they were sent, without a user's name or a query.</param>
/// <param name="Reason">Why not.</param>
/// <param name="SpanCount">How many.</param>
public sealed record ForwardingRefusal(string Address, ForwardingReason Reason, long SpanCount);
