namespace Shop.Inventory;

/// <summary>Decides whether an order can be fulfilled from stock. Safe for many callers at once.</summary>
internal interface IStock
{
    /// <summary>Looks the products up and, if this shop reserves, takes them.</summary>
    /// <param name="lines">The products.</param>
    /// <param name="cancellationToken">Ends the wait for a database elsewhere.</param>
    /// <returns>Price and weight, or the first shortage.</returns>
    /// <exception cref="StockUnavailableException">The database could not be used.</exception>
    ValueTask<StockAnswer> TakeAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken);
}
