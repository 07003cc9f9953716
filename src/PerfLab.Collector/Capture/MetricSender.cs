using System.Net.Http.Headers;
using System.Text;

namespace PerfLab.Collector.Capture;

/// <summary>Sends the metrics of a finished run, once: nothing is lost with them, so that whoever is told why they were not taken can send them again.</summary>
public static class MetricSender
{
    // What explains a refusal stands at its beginning.
    private const int MostExplanation = 300;

    /// <summary>Posts metrics to an OTLP/HTTP endpoint.</summary>
    /// <param name="options">Address, headers and limit of the attempt.</param>
    /// <param name="json">An ExportMetricsServiceRequest in JSON.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <returns>Null when all were taken.</returns>
    /// <exception cref="OperationCanceledException">The sending was ended.</exception>
    public static Task<MetricRefusal?> PostOtlpAsync(ForwardingOptions options, string json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var request = new HttpRequestMessage(HttpMethod.Post, options.MetricsAddress) { Content = Body(json, "application/json") };
        foreach (var (name, value) in options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(
            request,
            options.AttemptTimeout,
            async (response, ended) => await ForwardingAnswer.ReadMetricsAsync(response, ended) is { Refusal: { } reason } answer ? new MetricRefusal(reason, answer.RejectedCount) : null,
            cancellationToken);
    }

    /// <summary>Puts metrics into a Pushgateway, in place of those that stand at the address.</summary>
    /// <param name="address">The address of a group.</param>
    /// <param name="text">Metrics in a text format of Prometheus.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="timeout">Limit of the attempt.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <returns>Null when they were taken.</returns>
    /// <exception cref="OperationCanceledException">The sending was ended.</exception>
    public static Task<MetricRefusal?> PutTextAsync(Uri address, string text, string mediaType, TimeSpan timeout, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Put, address) { Content = Body(text, mediaType) },
        timeout,
        (response, _) => Task.FromResult(response.IsSuccessStatusCode ? null
            : new MetricRefusal(new ForwardingReason((int)response.StatusCode, ForwardingAnswer.RedirectOf(response) ?? response.ReasonPhrase ?? "refused"), null)),
        cancellationToken);

    private static ByteArrayContent Body(string text, string mediaType) =>
        new(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } };

    private static async Task<MetricRefusal?> SendAsync(HttpRequestMessage request, TimeSpan timeout, Func<HttpResponseMessage, CancellationToken, Task<MetricRefusal?>> readAsync, CancellationToken cancellationToken)
    {
        using (request)
        using (var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan })
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            limit.CancelAfter(timeout);
            try
            {
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                var refusal = await readAsync(response, limit.Token);
                return refusal is null || response.IsSuccessStatusCode ? refusal : refusal with { Explanation = await ExplanationAsync(response, limit.Token) };
            }
            catch (Exception failed) when (failed is HttpRequestException or IOException || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return new MetricRefusal(new ForwardingReason(null, failed is OperationCanceledException ? "no answer in time" : failed.GetBaseException().Message), null);
            }
        }
    }

    // Text and JSON only: pages and protobuf explain nothing on one line.
    private static async Task<string> ExplanationAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("text/plain" or "application/json"))
        {
            return string.Empty;
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
        var buffer = new char[MostExplanation];
        var count = await reader.ReadBlockAsync(buffer, cancellationToken);
        return string.Join(' ', new string(buffer, 0, count).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}

/// <summary>Why metrics were not taken.</summary>
/// <param name="Reason">Status and words of the endpoint, or why there was no answer.</param>
/// <param name="RejectedCount">Points that were left out of a request that was otherwise taken; null where nothing was taken.</param>
public sealed record MetricRefusal(ForwardingReason Reason, long? RejectedCount)
{
    /// <summary>Gets what the endpoint wrote about it, in one line; empty where it wrote nothing readable.</summary>
    public string Explanation { get; init; } = string.Empty;
}
