using System.Diagnostics;
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
        services.AddSingleton<ServiceAddressResolver>();
        services.AddSingleton<ServiceHandlerFactory>();
        services.AddSingleton<ServiceEndpointsClient>();
        services.AddSingleton(provider => new HttpClient(
            provider.GetRequiredService<ServiceHandlerFactory>().Create(provider.GetRequiredService<ShopSettings>().Tracing.Boundaries.Http))
        {
            Timeout = CallLimit,
        });
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(DownstreamJson.Default));
    }
}

/// <summary>Makes the handlers of connections between the services, which trace a call as far as its boundary should.</summary>
/// <param name="propagator">Writes the context into headers.</param>
internal sealed class ServiceHandlerFactory(DistributedContextPropagator propagator)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    // Connections are renewed now and then so that a moved service is found again.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Makes a handler with a pool of connections of its own.</summary>
    /// <param name="boundary">How much of tracing it does.</param>
    /// <returns>The handler, which the caller disposes.</returns>
    public HttpMessageHandler Create(BoundaryTracing boundary)
    {
        var handler = new SocketsHttpHandler
        {
            // Without a propagator the runtime makes neither an activity nor a header.
            ActivityHeadersPropagator = boundary == BoundaryTracing.Trace ? propagator : null,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectLimit,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,

            // A proxy of the environment has no business between two services of the shop.
            UseProxy = false,
        };
        return boundary == BoundaryTracing.Propagate ? new ContextPropagationHandler(propagator, handler) : handler;
    }
}

/// <summary>Passes the context of the span around a call on, without a span of the call itself.</summary>
/// <param name="propagator">Writes the context into headers.</param>
/// <param name="inner">Makes the call.</param>
internal sealed class ContextPropagationHandler(DistributedContextPropagator propagator, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        propagator.Inject(Activity.Current, request, static (carrier, name, value) => ((HttpRequestMessage)carrier!).Headers.TryAddWithoutValidation(name, value));
        return base.SendAsync(request, cancellationToken);
    }
}
