using Shop.Downstream;

namespace Shop.Inventory;

/// <summary>What the database knows about an order's products.</summary>
/// <param name="SubtotalCents">The price of all pieces together, in hundredths of the shop's currency.</param>
/// <param name="WeightGrams">The weight of all pieces together.</param>
/// <param name="Shortage">Why the order cannot be fulfilled; null when it can.</param>
internal readonly record struct StockAnswer(long SubtotalCents, long WeightGrams, Rejection? Shortage);
