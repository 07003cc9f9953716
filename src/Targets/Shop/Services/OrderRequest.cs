using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Services;

/// <summary>The body of <c>POST /orders</c>; anything may be missing until it is validated.</summary>
/// <param name="OrderId">The order's number; made up when missing.</param>
/// <param name="UserTier">The customer's tier.</param>
/// <param name="PaymentMethod">The payment method.</param>
/// <param name="Items">The products.</param>
/// <param name="Customer">Who orders; may be missing.</param>
internal sealed record OrderRequest(string? OrderId, string? UserTier, string? PaymentMethod, IReadOnlyList<OrderItem?>? Items, Customer? Customer);

/// <summary>A line of an order as it comes in.</summary>
/// <param name="Sku">The product's number.</param>
/// <param name="Quantity">Pieces.</param>
internal sealed record OrderItem(string? Sku, int Quantity);

/// <summary>Who orders. The shop does not need it; careless tracing records it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Email">The email address.</param>
/// <param name="Phone">The telephone number.</param>
/// <param name="CardNumber">The number of the card.</param>
/// <param name="Note">What the customer wrote.</param>
internal sealed record Customer(string? Name, string? Email, string? Phone, string? CardNumber, string? Note);

/// <summary>The order was taken.</summary>
/// <param name="OrderId">The order's number.</param>
/// <param name="Total">What was charged, shipping included, in the shop's currency.</param>
/// <param name="ShippingCost">The part of it that is shipping.</param>
internal sealed record OrderConfirmation(string OrderId, decimal Total, decimal ShippingCost);

/// <summary>Generated JSON code for what customers send and get.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderConfirmation))]
internal sealed partial class OrdersJson : JsonSerializerContext;
