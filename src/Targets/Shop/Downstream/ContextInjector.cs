using System.Diagnostics;

namespace Shop.Downstream;

/// <summary>Passes the context of the span around a call on, without a span of the call itself.</summary>
/// <param name="propagator">Writes the context into headers.</param>
/// <param name="inner">Makes the call.</param>
internal sealed class ContextInjector(DistributedContextPropagator propagator, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        propagator.Inject(Activity.Current, request, static (carrier, name, value) => ((HttpRequestMessage)carrier!).Headers.TryAddWithoutValidation(name, value));
        return base.SendAsync(request, cancellationToken);
    }
}
