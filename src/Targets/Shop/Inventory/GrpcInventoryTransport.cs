using System.Diagnostics;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Shop.Downstream;
using Shop.Inventory.Transport.Wire;
using Shop.Settings;

namespace Shop.Inventory;

/// <summary>Calls the inventory over gRPC, on one connection that is kept.</summary>
/// <param name="addresses">Where the inventory answers.</param>
/// <param name="createHandler">Makes the handler of a new connection.</param>
internal sealed class GrpcInventoryTransport(ServiceAddressResolver addresses, Func<HttpMessageHandler> createHandler) : IInventoryTransport, IDisposable
{
    /// <summary>The trailer that carries the error code of a rejection.</summary>
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

            var address = await addresses.ResolveGrpcAsync(ShopService.Inventory, cancellationToken);
            var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = new GrpcActivitySkippingHandler(createHandler()), DisposeHttpClient = true });
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

/// <summary>
/// Steps over the activity that Grpc.Net.Client begins for every call inside a span. Nobody exports it (its instrumentation
/// package exists as a beta only), so the spans below it would hang below a span that never arrives.
/// </summary>
/// <param name="inner">Makes the call.</param>
internal sealed class GrpcActivitySkippingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string LibraryActivity = "Grpc.Net.Client.GrpcOut";

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // What an asynchronous method makes current ends with it.
        if (Activity.Current is { OperationName: LibraryActivity } activity)
        {
            Activity.Current = activity.Parent;
        }

        return await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>The inventory's operation over gRPC.</summary>
/// <param name="stock">The stock.</param>
internal sealed class GrpcInventoryService(IStock stock) : Stock.StockBase
{
    /// <inheritdoc />
    public override async Task<CheckReply> Check(CheckRequest request, ServerCallContext context)
    {
        var lines = new StockLine[request.Lines.Count];
        for (var index = 0; index < lines.Length; index++)
        {
            lines[index] = new StockLine(request.Lines[index].Sku, request.Lines[index].Quantity);
        }

        try
        {
            var answer = await stock.TakeAsync(lines, context.CancellationToken);
            return answer.Shortage is { } shortage
                ? throw new RpcException(new Status(StatusCode.FailedPrecondition, shortage.Detail), new Metadata { { GrpcInventoryTransport.ErrorTrailer, shortage.Error } })
                : new CheckReply { SubtotalCents = answer.SubtotalCents, WeightGrams = answer.WeightGrams };
        }
        catch (StockUnavailableException exception)
        {
            // Internal, not Unavailable: the connection is fine, and another one would meet the same database.
            throw new RpcException(new Status(StatusCode.Internal, exception.Message));
        }
    }
}
