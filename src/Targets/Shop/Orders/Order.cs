using Shop.Inventory;

namespace Shop.Orders;

/// <summary>An order that makes sense.</summary>
internal sealed record Order
{
    /// <summary>Gets the order's number.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the customer's tier.</summary>
    public required string UserTier { get; init; }

    /// <summary>Gets the way of paying.</summary>
    public required string PaymentMethod { get; init; }

    /// <summary>Gets who orders; null when the request does not say.</summary>
    public required Customer? Customer { get; init; }

    /// <summary>Gets the products.</summary>
    public required IReadOnlyList<StockLine> Lines { get; init; }

    /// <summary>Gets the pieces, all lines added.</summary>
    public required int ItemCount { get; init; }
}
