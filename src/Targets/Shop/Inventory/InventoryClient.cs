using Shop.Downstream;
using Shop.Inventory.Transport;
using Shop.Tracing;

namespace Shop.Inventory;

/// <summary>The order's first step: is everything in stock?</summary>
/// <param name="operation">The call to the service.</param>
/// <param name="spans">The shop's own spans.</param>
internal sealed class InventoryClient(IStockOperation operation, StepSpans spans)
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
        using var span = StepSpans.Start("validateInventory");
        if (span is { IsAllDataRequested: true })
        {
            spans.Describe(span, new(OrderAttributes.OrderId, orderId), new(OrderAttributes.ItemCount, itemCount));
        }

        try
        {
            return await operation.CheckAsync(new StockRequest(lines), cancellationToken);
        }
        catch (Exception exception)
        {
            spans.Fail(span, exception);
            throw;
        }
    }
}
