using System.Buffers;
using System.Net;
using System.Net.Http;
using PerfLab.Load.Http;
using PerfLab.Load.Outcomes;

namespace PerfLab.Load;

/// <summary>One request after another over HttpClient, each with its limits.</summary>
internal sealed class HttpExchanges : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly HttpMessageInvoker _client;
    private readonly DriverOptions _options;
    private readonly HttpMessages[] _messages;
    private readonly RequestMix _mix;

    public HttpExchanges(Uri baseAddress, RequestMix mix, DriverOptions options)
    {
        _options = options;
        _mix = mix;
        _messages = [.. mix.Requests.Select(request => new HttpMessages(baseAddress, request, options.HttpVersion, mix.RulesOf(request)))];
        _client = new HttpMessageInvoker(CreateHandler(options), disposeHandler: true);
    }

    /// <summary>Sends one request and reads its response to the end.</summary>
    /// <param name="request">Which one, as an index into the requests of the mix.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The status and the length of the body; for an error its kind and a text.</returns>
    public async Task<HttpOutcome> Send(int request, CancellationToken cancellationToken)
    {
        var messages = _messages[request];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.RequestTimeout);
        var headReceived = false;
        try
        {
            using var message = messages.Create();
            using var response = await _client.SendAsync(message, limit.Token);
            headReceived = true;
            var search = new BodySearch();
            search.Begin(messages.BodyRules?.Text ?? default);
            return await ReadBody(response, search, limit.Token) is { } length
                ? Judge(messages, (int)response.StatusCode, length, search.Found)
                : HttpOutcome.Error(ErrorKind.TooLarge, "the body is larger than allowed");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            var kind = cancellationToken.IsCancellationRequested ? ErrorKind.Cancelled : ExceptionKinds.Of(exception, headReceived);
            return HttpOutcome.Error(kind, exception.GetBaseException().Message);
        }
    }

    /// <summary>Gets the step after a request in its iteration, or null after the last.</summary>
    public int? NextStep(int request) => _mix.NextStep(request);

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler CreateHandler(DriverOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            MaxConnectionsPerServer = int.MaxValue,
            MaxResponseHeadersLength = Math.Max(1, options.MaxResponseHeaderBytes / 1024),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseCookies = false,
            UseProxy = false,
        };
        if (options.AcceptAnyCertificate)
        {
#pragma warning disable CA5359 // Asked for by the user, by name, for a target on a test machine.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    private static HttpOutcome Judge(HttpMessages messages, int status, long bodyBytes, bool textFound)
    {
        var isGood = messages.BodyRules?.Hold(bodyBytes, textFound) ?? true;
        return status != messages.ExpectedStatus ? HttpOutcome.Error(ErrorKind.UnexpectedStatus, ErrorText.Describe(ErrorKind.UnexpectedStatus, status))
            : isGood ? HttpOutcome.Answer(bodyBytes)
            : HttpOutcome.Error(ErrorKind.UnexpectedBody, ErrorText.Describe(ErrorKind.UnexpectedBody, 0));
    }

    private async Task<long?> ReadBody(HttpResponseMessage response, BodySearch search, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            long length = 0;
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                length += count;
                search.Feed(buffer.AsSpan(0, count));
                if (length > _options.MaxResponseBodyBytes)
                {
                    return null;
                }
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
