using System.Buffers;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using PerfLab.Experiments.Secrets;
using PerfLab.Load.Http;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>One request after another over HttpClient, each with its limits.</summary>
internal sealed class HttpRequestSender : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    // The handler looks every second and closes what was idle for longer, so none is used after 4 s: servers close from 5 s on
    // (Node.js, Apache httpd). A shorter limit that the server states is kept by the handler itself.
    private static readonly TimeSpan s_idleTimeout = TimeSpan.FromSeconds(3);

    private readonly HttpMessageInvoker _client;
    private readonly DriverOptions _options;
    private readonly HttpRequestMessageFactory[] _messages;
    private long _generatedCount;

    public HttpRequestSender(Uri baseAddress, RequestMix mix, DriverOptions options)
    {
        _options = options;
        _messages = [.. mix.Entries.Select(entry => new HttpRequestMessageFactory(baseAddress, entry, options.HttpVersion, mix.BodyCheckOf(entry.Template.Request)))];
        _client = new HttpMessageInvoker(CreateHandler(TargetEndPoints.Of(baseAddress, options.UnixSocket), options), disposeHandler: true);
    }

    /// <summary>Sends one request and reads its response to the end.</summary>
    /// <param name="request">Which one, as an index into the requests of the mix.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The status and the length of the body; for an error its kind and a text.</returns>
    public async Task<HttpExchangeResult> Send(int request, CancellationToken cancellationToken)
    {
        var messages = _messages[request];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.RequestTimeout);
        var headReceived = false;
        try
        {
            using var message = messages.IsGenerated ? messages.Create(Interlocked.Increment(ref _generatedCount) - 1) : messages.Create();
            using var response = await _client.SendAsync(message, limit.Token);
            headReceived = true;
            var search = new BodySearch();
            search.Begin(messages.BodyCheck?.Text ?? default);
            return await ReadBody(response, search, limit.Token) is { } length
                ? Judge(messages, response, length, search.Found)
                : HttpExchangeResult.Error(ErrorKind.TooLarge, "the body is larger than allowed");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or ResponseFaultException)
        {
            var kind = cancellationToken.IsCancellationRequested ? ErrorKind.Cancelled : ExceptionClassifier.Classify(exception, headReceived);
            return HttpExchangeResult.Error(kind, ExceptionClassifier.Describe(exception, kind, _options));
        }
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler CreateHandler(TargetEndPoints target, DriverOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = async (_, connecting) => new NetworkStream(await target.ConnectAsync(connecting), ownsSocket: true),
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            MaxConnectionsPerServer = int.MaxValue,
            MaxResponseHeadersLength = Math.Max(1, options.MaxResponseHeaderBytes / 1024),
            PooledConnectionIdleTimeout = s_idleTimeout,
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            UseCookies = false,
            UseProxy = false,
        };
        if (options.HttpVersion.Major == 1)
        {
            var limits = new ResponseLimits(options.MaxResponseLineBytes, options.MaxResponseHeaderBytes, options.MaxResponseBodyBytes);
            handler.PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new CheckedResponseStream(context.PlaintextStream, limits));
        }

        if (options.AcceptAnyCertificate)
        {
#pragma warning disable CA5359 // Asked for by the user, by name, for a target on a test machine.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    private static HttpExchangeResult Judge(HttpRequestMessageFactory messages, HttpResponseMessage response, long bodyBytes, bool textFound)
    {
        var status = (int)response.StatusCode;
        var isGood = messages.BodyCheck?.Passes(bodyBytes, textFound) ?? true;
        return !messages.ExpectedStatus.Allows(status) ? HttpExchangeResult.Error(ErrorKind.UnexpectedStatus, ErrorMessages.DescribeStatus(status, messages.ExpectedStatus, KnownSecrets.HideForeign(response.Headers.Location?.OriginalString.Split('?', '#')[0] ?? string.Empty)))
            : isGood ? HttpExchangeResult.Answer(bodyBytes)
            : HttpExchangeResult.Error(ErrorKind.UnexpectedBody, ErrorMessages.Describe(ErrorKind.UnexpectedBody, 0));
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

/// <summary>How one request over HttpClient ended.</summary>
/// <param name="Kind">The kind of error, or null for the expected answer.</param>
/// <param name="Text">About the error.</param>
/// <param name="BodyBytes">Length of the body of an answer.</param>
internal readonly record struct HttpExchangeResult(ErrorKind? Kind, string Text, long BodyBytes)
{
    public static HttpExchangeResult Answer(long bodyBytes) => new(null, string.Empty, bodyBytes);

    public static HttpExchangeResult Error(ErrorKind kind, string text) => new(kind, text, 0);
}
