using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Downstream;
using Shop.Tracing;

namespace Shop.Services;

/// <summary>The order's third step: charge the customer.</summary>
/// <param name="operation">The call to the service.</param>
/// <param name="spans">The shop's own spans.</param>
internal sealed class PaymentsClient(DownstreamClient<PaymentRequest, PaymentReceipt> operation, OrderSpans spans)
{
    /// <summary>Asks payments, in a span of its own.</summary>
    /// <param name="request">Order, payment method and amount.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RejectedException">The charge is declined.</exception>
    /// <exception cref="DownstreamException">Payments could not be used.</exception>
    public async Task<PaymentReceipt> ProcessAsync(PaymentRequest request, CancellationToken cancellationToken)
    {
        using var span = OrderSpans.Start("processPayment");
        spans.AddAttributes(span, new(OrderAttributes.OrderId, request.OrderId), new(OrderAttributes.PaymentMethod, request.Method));
        try
        {
            return await operation.PostAsync(request, HttpStatusCode.PaymentRequired, cancellationToken);
        }
        catch (Exception exception)
        {
            spans.RecordFailure(span, exception);
            throw;
        }
    }
}

/// <summary>Asks to charge the customer. The means of payment itself (a card's number) never reaches the shop.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Method">The payment method.</param>
/// <param name="Amount">In the shop's currency.</param>
internal sealed record PaymentRequest(string OrderId, string Method, decimal Amount);

/// <summary>The customer was charged.</summary>
/// <param name="Authorization">The gateway's number of the charge.</param>
internal sealed record PaymentReceipt(string Authorization);

/// <summary>Generated JSON code for the messages of payments.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(PaymentReceipt))]
internal sealed partial class PaymentsJson : JsonSerializerContext;
