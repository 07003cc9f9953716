using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Downstream;
using Shop.Tracing;

namespace Shop.Services;

/// <summary>The order's second step: what does shipping cost?</summary>
/// <param name="operation">The call to the service.</param>
/// <param name="spans">The shop's own spans.</param>
internal sealed class ShippingClient(DownstreamClient<ShippingRequest, ShippingQuote> operation, OrderSpans spans)
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
        using var span = OrderSpans.Start("calculateShipping");
        try
        {
            var quote = await operation.PostAsync(request, HttpStatusCode.Conflict, cancellationToken);
            if (span is { IsAllDataRequested: true })
            {
                spans.AddAttributes(
                    span,
                    new(OrderAttributes.OrderId, orderId),
                    new(OrderAttributes.UserTier, request.UserTier),
                    new(OrderAttributes.ShippingCost, (double)quote.Cost));
            }

            return quote;
        }
        catch (Exception exception)
        {
            spans.AddAttributes(span, new(OrderAttributes.OrderId, orderId), new(OrderAttributes.UserTier, request.UserTier));
            spans.RecordFailure(span, exception);
            throw;
        }
    }
}

/// <summary>Asks what shipping costs.</summary>
/// <param name="WeightGrams">The weight of the parcel.</param>
/// <param name="UserTier">The customer's tier.</param>
internal sealed record ShippingRequest(long WeightGrams, string UserTier);

/// <summary>What shipping costs.</summary>
/// <param name="Cost">In the shop's currency.</param>
internal sealed record ShippingQuote(decimal Cost);

/// <summary>Generated JSON code for the messages of shipping.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ShippingRequest))]
[JsonSerializable(typeof(ShippingQuote))]
internal sealed partial class ShippingJson : JsonSerializerContext;
