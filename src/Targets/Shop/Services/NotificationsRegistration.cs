namespace Shop.Services;

/// <summary>The part of a process that notifies customers: the service itself, and the client of those who tell it.</summary>
internal static class NotificationsRegistration
{
    /// <summary>The path at which the service tells how long notifications took; it is never traced.</summary>
    public const string TimesPath = "/notifications/times";

    /// <summary>Adds the client.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddNotificationsClient(this IServiceCollection services) => services.AddSingleton<NotificationsClient>();

    /// <summary>Adds the service.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<NotificationLatencyHistogram>();
        services.AddSingleton<NotificationService>();
        services.AddHostedService(provider => provider.GetRequiredService<NotificationService>());
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(NotificationsJson.Default));
    }

    /// <summary>Maps <c>GET</c> and <c>DELETE /notifications/times</c>.</summary>
    /// <param name="app">The application.</param>
    public static void MapNotifications(this WebApplication app)
    {
        app.MapGet(TimesPath, (NotificationLatencyHistogram times) => Results.Json(times.Read(), NotificationsJson.Default.Summary));
        app.MapDelete(TimesPath, (NotificationLatencyHistogram times) => times.Clear());
    }
}
