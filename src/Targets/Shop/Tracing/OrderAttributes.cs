namespace Shop.Tracing;

/// <summary>Names of the business attributes on spans. None of them describes a person.</summary>
internal static class OrderAttributes
{
    /// <summary>The order's own number; text.</summary>
    public const string OrderId = "order.id";

    /// <summary>Pieces in the order, all lines added; whole number.</summary>
    public const string ItemCount = "order.item_count";

    /// <summary>Cost of shipping in the shop's currency; number.</summary>
    public const string ShippingCost = "shipping.cost";

    /// <summary>The customer's tier, one of a few words.</summary>
    public const string UserTier = "user.tier";

    /// <summary>The way of paying, one of a few words.</summary>
    public const string PaymentMethod = "payment.method";
}
