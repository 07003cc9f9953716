using Shop.Downstream;
using Shop.Settings;
using Shop.Tracing;

namespace Shop.Shipping;

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
                () => provider.GetRequiredService<ServiceAddresses>().Of(ShopService.Shipping, QuotePath),
                ShippingJson.Default.ShippingRequest,
                ShippingJson.Default.ShippingQuote),
            provider.GetRequiredService<StepSpans>()));

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
