using Microsoft.Data.Sqlite;
using Shop.Downstream;
using Shop.Settings;
using Shop.Tracing;

namespace Shop.Inventory;

/// <summary>The inventory's part of a process: the service itself, and the client of those who call it.</summary>
internal static class InventoryRegistration
{
    private const string CheckPath = "/inventory/check";

    /// <summary>Adds the database.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddInventory(this IServiceCollection services)
    {
        services.AddSingleton<IStock>(provider =>
        {
            var settings = provider.GetRequiredService<ShopSettings>();
            var catalogue = OpenCatalogue(settings.DataFolder);
            return settings.ReservesStock ? new ReservingStock(catalogue) : new LookedAtStock(catalogue);
        });
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(InventoryJson.Default));
    }

    /// <summary>Adds the client.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddInventoryClient(this IServiceCollection services) =>
        services.AddSingleton(provider => new InventoryClient(
            new DownstreamClient<StockRequest, StockReply>(
                provider.GetRequiredService<HttpClient>(),
                ShopService.Inventory,
                () => provider.GetRequiredService<ServiceAddresses>().Of(ShopService.Inventory, CheckPath),
                InventoryJson.Default.StockRequest,
                InventoryJson.Default.StockReply),
            provider.GetRequiredService<StepSpans>()));

    /// <summary>Maps the service's operation, and opens the database before the first request asks for it.</summary>
    /// <param name="app">The application.</param>
    public static void MapInventory(this WebApplication app)
    {
        app.Services.GetRequiredService<IStock>();
        app.MapPost(CheckPath, (StockRequest request, IStock stock) => Answer(stock.Take(request.Lines)));
    }

    private static Catalogue OpenCatalogue(string? folder)
    {
        try
        {
            return Catalogue.Open(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new InvalidSettingsException([$"SHOP_DATA: no database can be opened in \"{folder}\": {exception.Message} Name a folder that can be written, or leave it out."]);
        }
    }

    private static IResult Answer(StockAnswer answer) => answer.Shortage is { } shortage
        ? Results.Json(shortage, DownstreamJson.Default.Rejection, statusCode: StatusCodes.Status409Conflict)
        : Results.Json(new StockReply(answer.SubtotalCents / 100m, answer.WeightGrams), InventoryJson.Default.StockReply);
}
