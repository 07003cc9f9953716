using System.Net;
using Shop.Downstream;
using Shop.Tracing;

namespace Shop.Payments;

/// <summary>The order's third step: charge the customer.</summary>
/// <param name="operation">The call to the service.</param>
internal sealed class PaymentsClient(DownstreamClient<PaymentRequest, PaymentReceipt> operation)
{
    /// <summary>Asks payments, in a span of its own.</summary>
    /// <param name="request">Order, way of paying and amount.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RejectedException">The charge is declined.</exception>
    /// <exception cref="DownstreamException">Payments could not be used.</exception>
    public async Task<PaymentReceipt> ProcessAsync(PaymentRequest request, CancellationToken cancellationToken)
    {
        using var span = ShopTracing.Source.StartActivity("processPayment");
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(OrderAttributes.OrderId, request.OrderId);
            span.SetTag(OrderAttributes.PaymentMethod, request.Method);
        }

        try
        {
            return await operation.PostAsync(request, HttpStatusCode.PaymentRequired, cancellationToken);
        }
        catch (Exception exception)
        {
            span.Fail(exception);
            throw;
        }
    }
}
