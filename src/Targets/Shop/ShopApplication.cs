using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Downstream;
using Shop.Handicaps;
using Shop.Inventory;
using Shop.Queues;
using Shop.Services;
using Shop.Settings;
using Shop.Tracing;

namespace Shop;

/// <summary>Puts the services of one process together.</summary>
internal static class ShopApplication
{
    /// <summary>The readiness address; it is never traced.</summary>
    public const string HealthPath = "/health";

    // An orderly stop must end within seconds; what still runs after this is cut off.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Reads the settings and builds the application; nothing is started.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <returns>The application.</returns>
    /// <exception cref="InvalidSettingsException">The arguments or the environment are not understood.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Nothing is configured by files next to the working directory, and no file is watched.
            Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"],
            ContentRootPath = args.Any(argument => argument.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase)) ? null : AppContext.BaseDirectory,
        });
        var settings = ShopSettingsReader.Read(args, name => builder.Configuration[name]);

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.ListenAt(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopLimit);

        // Otherwise a malformed body is an exception in the Development environment and an answer elsewhere.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.Services.AddTracing(settings.Tracing, settings.ProcessName, [HealthPath, ServiceEndpoints.Path, NotificationsRegistration.TimesPath]);
        builder.Services.AddDownstream();
        builder.Services.AddHandicaps(settings.Handicaps);
        if (settings.Queue is { } queue)
        {
            builder.Services.AddQueue(queue);
        }

        AddServices(builder.Services, settings);

        var app = builder.Build();
        app.UseHandicaps(settings.Handicaps);
        MapServices(app, settings);
        app.MapGet(HealthPath, () => Results.Ok());
        app.MapGet(ServiceEndpoints.Path, (ServiceAddressResolver addresses, IServiceProvider services) => Results.Json(
            new ServiceEndpoints(addresses.OwnGrpcPort, services.GetService<QueueHost>()?.Queue.Address.AbsoluteUri),
            DownstreamJson.Default.ServiceEndpoints));
        return app;
    }

    private static void AddServices(IServiceCollection services, ShopSettings settings)
    {
        if (settings.Services.Contains(ShopService.Orders))
        {
            services.AddOrders();
            services.AddInventoryClient(settings);
            services.AddShippingClient();
            services.AddPaymentsClient();
            if (settings.Queue is not null)
            {
                services.AddNotificationsClient();
            }
        }

        if (settings.Services.Contains(ShopService.Inventory))
        {
            services.AddInventory(settings);
        }

        if (settings.Services.Contains(ShopService.Shipping))
        {
            services.AddShipping();
        }

        if (settings.Services.Contains(ShopService.Payments))
        {
            services.AddPayments();
        }

        if (settings.Services.Contains(ShopService.Notifications))
        {
            services.AddNotifications();
        }
    }

    private static void MapServices(WebApplication app, ShopSettings settings)
    {
        foreach (var service in settings.Services)
        {
            switch (service)
            {
                case ShopService.Orders:
                    app.MapOrders();
                    break;
                case ShopService.Inventory:
                    app.MapInventory(settings);
                    break;
                case ShopService.Shipping:
                    app.MapShipping();
                    break;
                case ShopService.Payments:
                    app.MapPayments();
                    break;
                case ShopService.Notifications:
                    app.MapNotifications();
                    break;
                default:
                    throw new InvalidOperationException($"{service} has no endpoints. Add them to {nameof(MapServices)}.");
            }
        }
    }
}
