namespace Shop.Inventory;

/// <summary>Asks whether everything is in stock.</summary>
/// <param name="Lines">The products; at least one.</param>
internal sealed record StockRequest(IReadOnlyList<StockLine> Lines);
