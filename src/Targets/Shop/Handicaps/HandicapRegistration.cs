namespace Shop.Handicaps;

/// <summary>Puts the handicaps into a process.</summary>
internal static class HandicapRegistration
{
    /// <summary>Adds what runs in the background; nothing where there is no handicap.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">Which handicaps.</param>
    public static void AddHandicaps(this IServiceCollection services, HandicapSettings settings)
    {
        if (settings.Delay > TimeSpan.Zero)
        {
            services.AddSingleton(new DelayLine(settings.Delay));
            services.AddHostedService(provider => provider.GetRequiredService<DelayLine>());
        }

        if (settings.BurstInterval is not null)
        {
            services.AddSingleton(new BackgroundBursts(settings));
            services.AddHostedService(provider => provider.GetRequiredService<BackgroundBursts>());
        }
    }

    /// <summary>Burdens every request to <c>/orders</c> once, before it is looked at; no middleware where there is no handicap.</summary>
    /// <param name="app">The application.</param>
    /// <param name="settings">Which handicaps.</param>
    public static void UseHandicaps(this WebApplication app, HandicapSettings settings)
    {
        if (!settings.SlowsOrders)
        {
            return;
        }

        var line = app.Services.GetService<DelayLine>();
        app.Use(next => context => context.Request.Path == "/orders" ? AddCostAsync(settings, line, next, context) : next(context));
    }

    // Not async: its state would be allocated for each order and belong to no handicap.
    private static Task AddCostAsync(HandicapSettings settings, DelayLine? line, RequestDelegate next, HttpContext context)
    {
        if (settings.Cpu > TimeSpan.Zero)
        {
            CpuBurner.Burn(settings.Cpu);
        }

        HeapAllocator.Allocate(settings.AllocatedBytes);
        return line is null ? next(context) : DelayAsync(line, next, context);
    }

    private static async Task DelayAsync(DelayLine line, RequestDelegate next, HttpContext context)
    {
        await line.WaitAsync();
        await next(context);
    }
}
