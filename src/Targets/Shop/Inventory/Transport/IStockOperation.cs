using Shop.Downstream;

namespace Shop.Inventory.Transport;

/// <summary>The call to the inventory, over whichever transport.</summary>
internal interface IStockOperation
{
    /// <summary>Asks whether everything is in stock.</summary>
    /// <param name="request">The products.</param>
    /// <param name="cancellationToken">Ends the call when the customer is gone.</param>
    /// <returns>Price and weight.</returns>
    /// <exception cref="RejectedException">A product is unknown or out of stock.</exception>
    /// <exception cref="DownstreamException">The inventory could not be used.</exception>
    Task<StockReply> CheckAsync(StockRequest request, CancellationToken cancellationToken);
}
