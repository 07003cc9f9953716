namespace Shop.Notifications;

/// <summary>Tells that an order was taken and paid.</summary>
/// <param name="OrderId">The order's number.</param>
/// <param name="UserTier">The customer's tier.</param>
/// <param name="ItemCount">Pieces in the order.</param>
/// <param name="Total">What was charged, in the shop's currency.</param>
/// <param name="OrderedAt">When the order came in.</param>
internal sealed record OrderPlaced(string OrderId, string UserTier, int ItemCount, decimal Total, DateTimeOffset OrderedAt);
