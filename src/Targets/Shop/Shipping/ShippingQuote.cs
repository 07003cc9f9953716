namespace Shop.Shipping;

/// <summary>What shipping costs.</summary>
/// <param name="Cost">In the shop's currency.</param>
internal sealed record ShippingQuote(decimal Cost);
