using System.Net;
using Shop.Downstream;
using Shop.Tracing;

namespace Shop.Inventory;

/// <summary>The order's first step: is everything in stock?</summary>
/// <param name="operation">The call to the service.</param>
internal sealed class InventoryClient(DownstreamClient<StockRequest, StockReply> operation)
{
    /// <summary>Asks the inventory, in a span of its own.</summary>
    /// <param name="orderId">The order, for the span.</param>
    /// <param name="itemCount">Pieces in the order, for the span.</param>
    /// <param name="lines">The products.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Price and weight.</returns>
    /// <exception cref="RejectedException">A product is unknown or out of stock.</exception>
    /// <exception cref="DownstreamException">The inventory could not be used.</exception>
    public async Task<StockReply> ValidateAsync(string orderId, int itemCount, IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        using var span = ShopTracing.Source.StartActivity("validateInventory");
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(OrderAttributes.OrderId, orderId);
            span.SetTag(OrderAttributes.ItemCount, itemCount);
        }

        try
        {
            return await operation.PostAsync(new StockRequest(lines), HttpStatusCode.Conflict, cancellationToken);
        }
        catch (Exception exception)
        {
            span.Fail(exception);
            throw;
        }
    }
}
