using System.Net;
using Shop.Downstream;
using Shop.Tracing;

namespace Shop.Payments;

/// <summary>The order's third step: charge the customer.</summary>
/// <param name="operation">The call to the service.</param>
/// <param name="spans">The shop's own spans.</param>
internal sealed class PaymentsClient(DownstreamClient<PaymentRequest, PaymentReceipt> operation, StepSpans spans)
{
    /// <summary>Asks payments, in a span of its own.</summary>
    /// <param name="request">Order, way of paying and amount.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RejectedException">The charge is declined.</exception>
    /// <exception cref="DownstreamException">Payments could not be used.</exception>
    public async Task<PaymentReceipt> ProcessAsync(PaymentRequest request, CancellationToken cancellationToken)
    {
        using var span = StepSpans.Start("processPayment");
        spans.Describe(span, new(OrderAttributes.OrderId, request.OrderId), new(OrderAttributes.PaymentMethod, request.Method));
        try
        {
            return await operation.PostAsync(request, HttpStatusCode.PaymentRequired, cancellationToken);
        }
        catch (Exception exception)
        {
            spans.Fail(span, exception);
            throw;
        }
    }
}
