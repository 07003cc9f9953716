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

    /// <summary>The payment method, one of a few words.</summary>
    public const string PaymentMethod = "payment.method";
}

/// <summary>Names of attributes that describe a person. They are on spans only when the settings ask for the mistake.</summary>
internal static class PersonalDataAttributes
{
    /// <summary>The customer's name; no pattern finds it.</summary>
    public const string Name = "user.full_name";

    /// <summary>The customer's email address.</summary>
    public const string Email = "user.email";

    /// <summary>The customer's telephone number.</summary>
    public const string Phone = "user.phone";

    /// <summary>The number of the customer's card.</summary>
    public const string CardNumber = "payment.card_number";

    /// <summary>What the customer wrote, in which anything may stand.</summary>
    public const string Note = "order.note";
}
