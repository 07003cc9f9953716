using Shop.Downstream;

namespace Shop.Services;

/// <summary>The part of a process that takes orders.</summary>
internal static class OrdersRegistration
{
    /// <summary>Adds what the service needs, but for the clients of the other services.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddOrders(this IServiceCollection services)
    {
        services.AddSingleton<OrderProcessor>();
        services.AddSingleton<InFlightOrders>();
        services.AddHostedService(provider => provider.GetRequiredService<InFlightOrders>());
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(OrdersJson.Default));
    }

    /// <summary>Maps <c>POST /orders</c>.</summary>
    /// <param name="app">The application.</param>
    public static void MapOrders(this WebApplication app) =>
        app.MapPost("/orders", (OrderRequest request, OrderProcessor process, InFlightOrders orders, CancellationToken cancellationToken) =>
            AnswerAsync(request, process, orders, cancellationToken));

    private static async Task<IResult> AnswerAsync(
        OrderRequest request,
        OrderProcessor process,
        InFlightOrders orders,
        CancellationToken cancellationToken)
    {
        if (OrderValidation.Validate(request, out var fault) is not { } order)
        {
            return Refuse(StatusCodes.Status400BadRequest, new Rejection("invalid_order", fault ?? string.Empty));
        }

        if (!orders.TryEnter())
        {
            return Refuse(StatusCodes.Status503ServiceUnavailable, new Rejection("stopping", "The shop is closing. Try again elsewhere."));
        }

        try
        {
            return Results.Json(await process.RunAsync(order, cancellationToken), OrdersJson.Default.OrderConfirmation);
        }
        catch (RejectedException exception)
        {
            return Refuse((int)exception.Status, exception.Rejection);
        }
        catch (DownstreamException exception)
        {
            return Refuse(StatusCodes.Status502BadGateway, new Rejection("downstream_failed", exception.Message));
        }
        finally
        {
            orders.Leave();
        }
    }

    private static IResult Refuse(int status, Rejection rejection) =>
        Results.Json(rejection, DownstreamJson.Default.Rejection, statusCode: status);
}
