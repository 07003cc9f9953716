using System.Net;
using Shop.Downstream;

namespace Shop.Inventory.Transport;

/// <summary>Calls the inventory as JSON over HTTP/1.1.</summary>
/// <param name="operation">The call.</param>
internal sealed class HttpStockOperation(DownstreamClient<StockRequest, StockReply> operation) : IStockOperation
{
    /// <inheritdoc />
    public Task<StockReply> CheckAsync(StockRequest request, CancellationToken cancellationToken) =>
        operation.PostAsync(request, HttpStatusCode.Conflict, cancellationToken);
}
