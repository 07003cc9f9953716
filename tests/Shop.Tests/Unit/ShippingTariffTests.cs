using System.Globalization;
using Shop.Services;

namespace Shop.Tests.Unit;

public sealed class ShippingTariffTests
{
    // 4.90 and 1.20 per kilogram; half for premium, nothing for VIPs.
    [Theory]
    [InlineData(0, "standard", "4.90")]
    [InlineData(2500, "standard", "7.90")]
    [InlineData(2500, "premium", "3.95")]
    [InlineData(2500, "vip", "0")]
    [InlineData(2500, "unheard of", "7.90")]
    public void Shipping_is_priced_by_weight_and_tier(long weightGrams, string tier, string cost) =>
        Assert.Equal(decimal.Parse(cost, CultureInfo.InvariantCulture), ShippingTariff.Cost(weightGrams, tier));
}
