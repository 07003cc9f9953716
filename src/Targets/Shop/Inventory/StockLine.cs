namespace Shop.Inventory;

/// <summary>A product and how many of it.</summary>
/// <param name="Sku">The product's number.</param>
/// <param name="Quantity">Pieces; at least 1.</param>
internal sealed record StockLine(string Sku, int Quantity);
