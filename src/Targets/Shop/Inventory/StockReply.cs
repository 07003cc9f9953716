namespace Shop.Inventory;

/// <summary>Everything is in stock.</summary>
/// <param name="Subtotal">The price of all pieces together, in the shop's currency.</param>
/// <param name="WeightGrams">The weight of all pieces together.</param>
internal sealed record StockReply(decimal Subtotal, long WeightGrams);
