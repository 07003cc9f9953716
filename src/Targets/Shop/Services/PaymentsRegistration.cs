using Shop.Downstream;
using Shop.Settings;
using Shop.Tracing;

namespace Shop.Services;

/// <summary>The part of a process that charges: the service itself, and the client of those who call it.</summary>
internal static class PaymentsRegistration
{
    private const string ChargePath = "/payments/charge";

    /// <summary>Adds the client.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddPaymentsClient(this IServiceCollection services) =>
        services.AddSingleton(provider => new PaymentsClient(
            new DownstreamClient<PaymentRequest, PaymentReceipt>(
                provider.GetRequiredService<HttpClient>(),
                ShopService.Payments,
                () => provider.GetRequiredService<ServiceAddressResolver>().Resolve(ShopService.Payments, ChargePath),
                PaymentsJson.Default.PaymentRequest,
                PaymentsJson.Default.PaymentReceipt),
            provider.GetRequiredService<OrderSpans>()));

    /// <summary>Adds what the service needs.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddPayments(this IServiceCollection services)
    {
        services.AddSingleton(provider => new PaymentGateway(provider.GetRequiredService<ShopSettings>().PaymentGateway));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(PaymentsJson.Default));
    }

    /// <summary>Maps the service's operation.</summary>
    /// <param name="app">The application.</param>
    public static void MapPayments(this WebApplication app) =>
        app.MapPost(ChargePath, (PaymentRequest request, PaymentGateway gateway, CancellationToken cancellationToken) =>
            AnswerAsync(request, gateway, cancellationToken));

    private static async Task<IResult> AnswerAsync(PaymentRequest request, PaymentGateway gateway, CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.ChargeAsync(request, cancellationToken) is { } receipt
                ? Results.Json(receipt, PaymentsJson.Default.PaymentReceipt)
                : Refuse(StatusCodes.Status402PaymentRequired, new Rejection("card_declined", "The charge was declined."));
        }
        catch (PaymentGatewayException exception)
        {
            return Refuse(StatusCodes.Status502BadGateway, new Rejection("gateway_failed", exception.Message));
        }
    }

    private static IResult Refuse(int status, Rejection rejection) =>
        Results.Json(rejection, DownstreamJson.Default.Rejection, statusCode: status);
}
