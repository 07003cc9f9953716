namespace Shop.Shipping;

/// <summary>Asks what shipping costs.</summary>
/// <param name="WeightGrams">The weight of the parcel.</param>
/// <param name="UserTier">The customer's tier.</param>
internal sealed record ShippingRequest(long WeightGrams, string UserTier);
