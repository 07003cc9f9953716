using Shop.Settings;

namespace Shop.Downstream;

/// <summary>Sets up the connections between the services.</summary>
internal static class DownstreamRegistration
{
    // Long enough for any order under load, short enough to be noticed.
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    /// <summary>Adds the HTTP client between services, and what finds them.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddDownstream(this IServiceCollection services)
    {
        services.AddSingleton<ServiceAddresses>();
        services.AddSingleton<CallHandlers>();
        services.AddSingleton<WhereaboutsClient>();
        services.AddSingleton(provider => new HttpClient(
            provider.GetRequiredService<CallHandlers>().Create(provider.GetRequiredService<ShopSettings>().Tracing.Boundaries.Http))
        {
            Timeout = CallLimit,
        });
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(DownstreamJson.Default));
    }
}
