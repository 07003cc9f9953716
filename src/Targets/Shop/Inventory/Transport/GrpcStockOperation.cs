using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Shop.Downstream;
using Shop.Inventory.Transport.Wire;
using Shop.Settings;

namespace Shop.Inventory.Transport;

/// <summary>Calls the inventory over gRPC, on one connection that is kept.</summary>
/// <param name="addresses">Where the inventory answers.</param>
/// <param name="createHandler">Makes the handler of a new connection.</param>
internal sealed class GrpcStockOperation(ServiceAddresses addresses, Func<HttpMessageHandler> createHandler) : IStockOperation, IDisposable
{
    /// <summary>The trailer that carries the word for programs of a refusal.</summary>
    public const string ErrorTrailer = "shop-error";

    // Long enough for any order under load, short enough to be noticed.
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private volatile Connection? _connection;

    /// <inheritdoc />
    public async Task<StockReply> CheckAsync(StockRequest request, CancellationToken cancellationToken)
    {
        var connection = _connection ?? await ConnectAsync(cancellationToken);
        try
        {
            var reply = await connection.Client.CheckAsync(ToWire(request), deadline: Deadline(), cancellationToken: cancellationToken);
            return new StockReply(reply.SubtotalCents / 100m, reply.WeightGrams);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
        {
            throw new RejectedException(HttpStatusCode.Conflict, new Rejection(exception.Trailers.GetValue(ErrorTrailer) ?? "rejected", exception.Status.Detail));
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The customer is gone.", exception, cancellationToken);
        }
        catch (RpcException exception)
        {
            if (exception.StatusCode == StatusCode.Unavailable)
            {
                // It may come back on another port.
                Interlocked.CompareExchange(ref _connection, null, connection);
            }

            throw new DownstreamException(
                $"{ShopService.Inventory} at {connection.Address} could not be used: {exception.StatusCode}: {exception.Status.Detail} Check that it runs and listens there for gRPC.",
                exception);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _connection?.Channel.Dispose();
        _connecting.Dispose();
    }

    // The clock of the deadline is the library's: it takes a point in time and nothing else.
    private static DateTime Deadline() => TimeProvider.System.GetUtcNow().UtcDateTime + CallLimit;

    private static CheckRequest ToWire(StockRequest request)
    {
        var wire = new CheckRequest();
        for (var index = 0; index < request.Lines.Count; index++)
        {
            wire.Lines.Add(new Line { Sku = request.Lines[index].Sku, Quantity = request.Lines[index].Quantity });
        }

        return wire;
    }

    private async Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { } made)
            {
                return made;
            }

            var address = await addresses.GrpcOfAsync(ShopService.Inventory, cancellationToken);
            var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = new WithoutLibraryActivity(createHandler()), DisposeHttpClient = true });
            var connection = new Connection(address, channel, new Stock.StockClient(channel));
            _connection = connection;
            return connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private sealed record Connection(Uri Address, GrpcChannel Channel, Stock.StockClient Client);
}
