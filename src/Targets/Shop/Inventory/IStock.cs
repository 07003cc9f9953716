using Shop.Downstream;

namespace Shop.Inventory;

/// <summary>Decides whether an order can be fulfilled from stock. Safe for many callers at once.</summary>
internal interface IStock
{
    /// <summary>Looks the products up and, if this shop reserves, takes them.</summary>
    /// <param name="lines">The products.</param>
    /// <param name="cancellationToken">Ends the wait for a database elsewhere.</param>
    /// <returns>Price and weight, or the first shortage.</returns>
    /// <exception cref="StockUnavailableException">The database could not be used.</exception>
    ValueTask<StockResult> TakeAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken);
}

/// <summary>What the database knows about an order's products.</summary>
/// <param name="SubtotalCents">The price of all pieces together, in hundredths of the shop's currency.</param>
/// <param name="WeightGrams">The weight of all pieces together.</param>
/// <param name="Shortage">Why the order cannot be fulfilled; null when it can.</param>
internal readonly record struct StockResult(long SubtotalCents, long WeightGrams, Rejection? Shortage);

/// <summary>The reasons for which an order cannot be fulfilled from stock.</summary>
internal static class StockShortages
{
    /// <summary>Gets the answer for a product that does not exist.</summary>
    public static StockResult Unknown { get; } = new(0, 0, new Rejection("unknown_sku", "A product of the order is not in the catalogue."));

    /// <summary>Gets the answer for a product of which there is not enough.</summary>
    public static StockResult OutOfStock { get; } = new(0, 0, new Rejection("out_of_stock", "A product of the order is out of stock."));
}

/// <summary>The database could not be used; nothing is known about the stock.</summary>
/// <param name="message">What happened, where, and what to do.</param>
/// <param name="innerException">What the database client failed with.</param>
internal sealed class StockUnavailableException(string message, Exception innerException) : Exception(message, innerException);
