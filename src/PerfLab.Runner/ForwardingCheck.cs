using PerfLab.Load.Http;

namespace PerfLab.Runner;

/// <summary>Asks the address of <c>--forward</c> before a run whether it can take OTLP over HTTP at all: otherwise every span would be lost behind the collector.</summary>
public static class ForwardingCheck
{
    // How Go's TLS servers and Kestrel's of HTTP/2 alone answer a request that they do not understand.
    private const int BadRequest = 400;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    /// <summary>Asks; no span, header or key is sent.</summary>
    /// <param name="address">Where spans are posted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the port speaks in place of HTTP/1.1 without TLS; unknown where it answers in it, where nobody does, and of <c>https</c>.</returns>
    public static async Task<PortProtocol> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Scheme != Uri.UriSchemeHttp || await UnderstandsAsync(address, cancellationToken)
            ? PortProtocol.Unknown
            : await PortProtocolCheck.AskAsync(address, cancellationToken);
    }

    private static async Task<bool> UnderstandsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = s_limit };
        try
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)answer.StatusCode != BadRequest;
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
