using Shop.Downstream;
using Shop.Settings;
using Shop.Tracing;

namespace Shop.Services;

/// <summary>The part of a process that ships: the service itself, and the client of those who call it.</summary>
internal static class ShippingRegistration
{
    private const string QuotePath = "/shipping/quote";

    /// <summary>Adds the client.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddShippingClient(this IServiceCollection services) =>
        services.AddSingleton(provider => new ShippingClient(
            new DownstreamClient<ShippingRequest, ShippingQuote>(
                provider.GetRequiredService<HttpClient>(),
                ShopService.Shipping,
                () => provider.GetRequiredService<ServiceAddressResolver>().Resolve(ShopService.Shipping, QuotePath),
                ShippingJson.Default.ShippingRequest,
                ShippingJson.Default.ShippingQuote),
            provider.GetRequiredService<OrderSpans>()));

    /// <summary>Adds what the service needs.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddShipping(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(ShippingJson.Default));

    /// <summary>Maps the service's operation.</summary>
    /// <param name="app">The application.</param>
    public static void MapShipping(this WebApplication app) =>
        app.MapPost(QuotePath, (ShippingRequest request) => Results.Json(
            new ShippingQuote(ShippingTariff.Cost(request.WeightGrams, request.UserTier)),
            ShippingJson.Default.ShippingQuote));
}

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
