using System.Diagnostics;
using Shop.Tracing;

namespace Shop.Downstream;

/// <summary>Makes the handlers of connections between the services, which trace a call as far as its boundary should.</summary>
/// <param name="propagator">Writes the context into headers.</param>
internal sealed class CallHandlers(DistributedContextPropagator propagator)
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
        return boundary == BoundaryTracing.Propagate ? new ContextInjector(propagator, handler) : handler;
    }
}
