namespace Shop.Orders;

/// <summary>The body of <c>POST /orders</c>; anything may be missing until it is validated.</summary>
/// <param name="OrderId">The order's number; made up when missing.</param>
/// <param name="UserTier">The customer's tier.</param>
/// <param name="PaymentMethod">The way of paying.</param>
/// <param name="Items">The products.</param>
/// <param name="Customer">Who orders; may be missing.</param>
internal sealed record OrderRequest(string? OrderId, string? UserTier, string? PaymentMethod, IReadOnlyList<OrderItem?>? Items, Customer? Customer);
