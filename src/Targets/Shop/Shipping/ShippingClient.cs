using System.Net;
using Shop.Downstream;
using Shop.Tracing;

namespace Shop.Shipping;

/// <summary>The order's second step: what does shipping cost?</summary>
/// <param name="operation">The call to the service.</param>
/// <param name="spans">The shop's own spans.</param>
internal sealed class ShippingClient(DownstreamClient<ShippingRequest, ShippingQuote> operation, StepSpans spans)
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
        using var span = StepSpans.Start("calculateShipping");
        try
        {
            var quote = await operation.PostAsync(request, HttpStatusCode.Conflict, cancellationToken);
            if (span is { IsAllDataRequested: true })
            {
                spans.Describe(
                    span,
                    new(OrderAttributes.OrderId, orderId),
                    new(OrderAttributes.UserTier, request.UserTier),
                    new(OrderAttributes.ShippingCost, (double)quote.Cost));
            }

            return quote;
        }
        catch (Exception exception)
        {
            spans.Describe(span, new(OrderAttributes.OrderId, orderId), new(OrderAttributes.UserTier, request.UserTier));
            spans.Fail(span, exception);
            throw;
        }
    }
}
