using System.Data.Common;
using Shop.Downstream;
using Shop.Settings;
using Shop.Tracing;

namespace Shop.Inventory;

/// <summary>The inventory's part of a process: the service itself, and the client of those who call it.</summary>
internal static class InventoryRegistration
{
    private const string CheckPath = "/inventory/check";

    /// <summary>Adds the database, and gRPC if the inventory is called by it.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">The settings of the process.</param>
    public static void AddInventory(this IServiceCollection services, ShopSettings settings)
    {
        services.AddSingleton(provider => Open(provider.GetRequiredService<ShopSettings>()));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(InventoryJson.Default));
        if (settings.InventoryTransport == InventoryTransport.Grpc)
        {
            services.AddGrpc();
        }
    }

    /// <summary>Adds the client.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">The settings of the process.</param>
    public static void AddInventoryClient(this IServiceCollection services, ShopSettings settings)
    {
        services.AddSingleton<IInventoryTransport>(provider => settings.InventoryTransport == InventoryTransport.Grpc
            ? new GrpcInventoryTransport(
                provider.GetRequiredService<ServiceAddressResolver>(),
                () => provider.GetRequiredService<ServiceHandlerFactory>().Create(settings.Tracing.Boundaries.Grpc))
            : new HttpInventoryTransport(new DownstreamClient<StockRequest, StockReply>(
                provider.GetRequiredService<HttpClient>(),
                ShopService.Inventory,
                () => provider.GetRequiredService<ServiceAddressResolver>().Resolve(ShopService.Inventory, CheckPath),
                InventoryJson.Default.StockRequest,
                InventoryJson.Default.StockReply)));
        services.AddSingleton(provider => new InventoryClient(provider.GetRequiredService<IInventoryTransport>(), provider.GetRequiredService<OrderSpans>()));
    }

    /// <summary>Maps the service's operation, and opens the database before the first request asks for it.</summary>
    /// <param name="app">The application.</param>
    /// <param name="settings">The settings of the process.</param>
    public static void MapInventory(this WebApplication app, ShopSettings settings)
    {
        app.Services.GetRequiredService<IStock>();
        if (settings.InventoryTransport == InventoryTransport.Grpc)
        {
            app.MapGrpcService<GrpcInventoryService>();
        }
        else
        {
            app.MapPost(CheckPath, (StockRequest request, IStock stock, CancellationToken cancellationToken) => AnswerAsync(request, stock, cancellationToken));
        }
    }

    private static IStock Open(ShopSettings settings)
    {
        try
        {
            if (settings.Postgres is { } connectionString)
            {
                return new PostgresStock(PostgresCatalog.Open(connectionString), settings.ReservesStock);
            }

            var catalogue = SqliteCatalog.Open(settings.DataFolder);
            return settings.ReservesStock ? new ReservingStock(catalogue) : new ReadOnlyStock(catalogue);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DbException or TimeoutException)
        {
            throw new InvalidSettingsException([settings.Postgres is null
                ? $"SHOP_DATA: no database can be opened in \"{settings.DataFolder}\": {exception.Message} Name a folder that can be written, or leave it out."
                : $"--postgres or SHOP_POSTGRES: the database cannot be opened: {exception.Message} Check that PostgreSQL runs there and lets this user create a table."]);
        }
    }

    private static async Task<IResult> AnswerAsync(StockRequest request, IStock stock, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await stock.TakeAsync(request.Lines, cancellationToken);
            return answer.Shortage is { } shortage
                ? Refuse(StatusCodes.Status409Conflict, shortage)
                : Results.Json(new StockReply(answer.SubtotalCents / 100m, answer.WeightGrams), InventoryJson.Default.StockReply);
        }
        catch (StockUnavailableException exception)
        {
            return Refuse(StatusCodes.Status503ServiceUnavailable, new Rejection("database_failed", exception.Message));
        }
    }

    private static IResult Refuse(int status, Rejection rejection) =>
        Results.Json(rejection, DownstreamJson.Default.Rejection, statusCode: status);
}
