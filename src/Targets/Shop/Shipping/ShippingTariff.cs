namespace Shop.Shipping;

/// <summary>The price list of shipping.</summary>
internal static class ShippingTariff
{
    private const decimal Base = 4.90m;
    private const decimal PerKilogram = 1.20m;

    /// <summary>Prices a parcel: a base and a rate by weight, half of it for premium customers, nothing for VIPs.</summary>
    /// <param name="weightGrams">The weight of the parcel.</param>
    /// <param name="userTier">The customer's tier; one that is not known pays in full.</param>
    /// <returns>The cost in the shop's currency, rounded to hundredths.</returns>
    public static decimal Cost(long weightGrams, string userTier)
    {
        var share = userTier switch
        {
            "vip" => 0m,
            "premium" => 0.5m,
            _ => 1m,
        };
        return decimal.Round(share * (Base + (PerKilogram * weightGrams / 1000m)), 2);
    }
}
