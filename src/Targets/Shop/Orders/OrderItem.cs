namespace Shop.Orders;

/// <summary>A line of an order as it comes in.</summary>
/// <param name="Sku">The product's number.</param>
/// <param name="Quantity">Pieces.</param>
internal sealed record OrderItem(string? Sku, int Quantity);
