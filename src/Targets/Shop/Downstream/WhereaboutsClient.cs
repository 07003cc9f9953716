using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tracing;

namespace Shop.Downstream;

/// <summary>Asks another process of the shop what it offers beside HTTP. The question is no part of any trace.</summary>
/// <param name="handlers">Makes connections.</param>
internal sealed class WhereaboutsClient(CallHandlers handlers) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(handlers.Create(BoundaryTracing.None)) { Timeout = Limit };

    /// <summary>Asks.</summary>
    /// <param name="service">The process's address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it offers.</returns>
    /// <exception cref="DownstreamException">It does not answer, or is no shop.</exception>
    public async Task<Whereabouts> AskAsync(Uri service, CancellationToken cancellationToken)
    {
        var address = new Uri(service, Whereabouts.Path);
        try
        {
            return await _client.GetFromJsonAsync(address, DownstreamJson.Default.Whereabouts, cancellationToken) ?? throw new JsonException("The answer is null.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new DownstreamException($"{address} could not be asked: {exception.Message} Check that a shop runs and listens there.", exception);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}
