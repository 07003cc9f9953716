using System.Diagnostics;

namespace Shop.Downstream;

/// <summary>Sets up the connections between the services.</summary>
internal static class DownstreamRegistration
{
    // Long enough for any order under load, short enough to be noticed.
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    // Connections are renewed now and then so that a moved service is found again.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Adds one pooled handler, and the client over it.</summary>
    /// <param name="services">The services of the process.</param>
    public static void AddDownstream(this IServiceCollection services)
    {
        services.AddSingleton<ServiceAddresses>();
        services.AddSingleton(provider => new HttpClient(CreateHandler(provider.GetRequiredService<DistributedContextPropagator>()))
        {
            Timeout = CallLimit,
        });
    }

    private static SocketsHttpHandler CreateHandler(DistributedContextPropagator propagator) => new()
    {
        ActivityHeadersPropagator = propagator,
        AllowAutoRedirect = false,
        ConnectTimeout = ConnectLimit,
        PooledConnectionLifetime = ConnectionLifetime,
        UseCookies = false,

        // A proxy of the environment has no business between two services of the shop.
        UseProxy = false,
    };
}
