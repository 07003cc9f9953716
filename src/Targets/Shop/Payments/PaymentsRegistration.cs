using Shop.Downstream;
using Shop.Settings;

namespace Shop.Payments;

/// <summary>The part of a process that charges: the service itself, and the client of those who call it.</summary>
internal static class PaymentsRegistration
{
    private const string ChargePath = "/payments/charge";

    /// <summary>Adds the client.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddPaymentsClient(this IServiceCollection services) =>
        services.AddSingleton(provider => new PaymentsClient(new DownstreamClient<PaymentRequest, PaymentReceipt>(
            provider.GetRequiredService<HttpClient>(),
            ShopService.Payments,
            () => provider.GetRequiredService<ServiceAddresses>().Of(ShopService.Payments, ChargePath),
            PaymentsJson.Default.PaymentRequest,
            PaymentsJson.Default.PaymentReceipt)));

    /// <summary>Adds what the service needs.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddPayments(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(PaymentsJson.Default));

    /// <summary>Maps the service's operation.</summary>
    /// <param name="app">The application.</param>
    public static void MapPayments(this WebApplication app) =>
        app.MapPost(ChargePath, (PaymentRequest request) => Answer(PaymentGateway.Charge(request)));

    private static IResult Answer(PaymentReceipt? receipt) => receipt is null
        ? Results.Json(new Rejection("card_declined", "The charge was declined."), DownstreamJson.Default.Rejection, statusCode: StatusCodes.Status402PaymentRequired)
        : Results.Json(receipt, PaymentsJson.Default.PaymentReceipt);
}
