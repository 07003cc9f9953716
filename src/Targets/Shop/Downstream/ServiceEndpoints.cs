using System.Net.Http.Json;
using System.Text.Json;
using Shop.Settings;

namespace Shop.Downstream;

/// <summary>What a process of the shop offers beside HTTP, at ports that the system chose. Others ask it at <c>GET /whereabouts</c>.</summary>
/// <param name="GrpcPort">Where it answers gRPC; null when it does not.</param>
/// <param name="Queue">The address of the queue that it runs; null when it runs none.</param>
internal sealed record ServiceEndpoints(int? GrpcPort, string? Queue)
{
    /// <summary>The path at which a process tells; it is never traced.</summary>
    public const string Path = "/whereabouts";
}

/// <summary>Asks another process of the shop what it offers beside HTTP. The question is no part of any trace.</summary>
/// <param name="handlers">Makes connections.</param>
internal sealed class ServiceEndpointsClient(ServiceHandlerFactory handlers) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(handlers.Create(BoundaryTracing.None)) { Timeout = Limit };

    /// <summary>Asks.</summary>
    /// <param name="service">The process's address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it offers.</returns>
    /// <exception cref="DownstreamException">It does not answer, or is no shop.</exception>
    public async Task<ServiceEndpoints> GetAsync(Uri service, CancellationToken cancellationToken)
    {
        var address = new Uri(service, ServiceEndpoints.Path);
        try
        {
            return await _client.GetFromJsonAsync(address, DownstreamJson.Default.ServiceEndpoints, cancellationToken) ?? throw new JsonException("The answer is null.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new DownstreamException($"{address} could not be queried: {exception.Message} Check that a shop runs and listens there.", exception);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}
