using System.Net;
using Shop.Downstream;
using Shop.Tracing;

namespace Shop.Shipping;

/// <summary>The order's second step: what does shipping cost?</summary>
/// <param name="operation">The call to the service.</param>
internal sealed class ShippingClient(DownstreamClient<ShippingRequest, ShippingQuote> operation)
{
    /// <summary>Asks shipping, in a span of its own.</summary>
    /// <param name="orderId">The order, for the span.</param>
    /// <param name="request">Weight and tier.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The cost.</returns>
    /// <exception cref="RejectedException">Shipping refuses the parcel.</exception>
    /// <exception cref="DownstreamException">Shipping could not be used.</exception>
    public async Task<ShippingQuote> CalculateAsync(string orderId, ShippingRequest request, CancellationToken cancellationToken)
    {
        using var span = ShopTracing.Source.StartActivity("calculateShipping");
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(OrderAttributes.OrderId, orderId);
            span.SetTag(OrderAttributes.UserTier, request.UserTier);
        }

        try
        {
            var quote = await operation.PostAsync(request, HttpStatusCode.Conflict, cancellationToken);
            if (span is { IsAllDataRequested: true })
            {
                span.SetTag(OrderAttributes.ShippingCost, (double)quote.Cost);
            }

            return quote;
        }
        catch (Exception exception)
        {
            span.Fail(exception);
            throw;
        }
    }
}
