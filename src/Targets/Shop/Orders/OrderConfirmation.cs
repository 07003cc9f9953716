namespace Shop.Orders;

/// <summary>The order was taken.</summary>
/// <param name="OrderId">The order's number.</param>
/// <param name="Total">What was charged, shipping included, in the shop's currency.</param>
/// <param name="ShippingCost">The part of it that is shipping.</param>
internal sealed record OrderConfirmation(string OrderId, decimal Total, decimal ShippingCost);
