using System.Collections.Immutable;
using Shop.Settings;

namespace Shop.Services;

/// <summary>Stands in for a payment provider, with its test card that is always declined. Safe for many callers at once.</summary>
/// <param name="settings">Its latency and failure ratio.</param>
internal sealed class PaymentGateway(PaymentGatewaySettings settings)
{
    /// <summary>The payment method that is always declined.</summary>
    public const string Declined = "declined_card";

    private const string Invoice = "invoice";

    private long _charges;

    /// <summary>Gets the ways of paying that there are.</summary>
    public static ImmutableArray<string> Methods { get; } = ["card", "wallet", Invoice, Declined];

    /// <summary>Charges.</summary>
    /// <param name="request">Whom and how much.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>The receipt; null when the charge is declined.</returns>
    /// <exception cref="PaymentGatewayException">The gateway does not answer.</exception>
    public async ValueTask<PaymentReceipt?> ChargeAsync(PaymentRequest request, CancellationToken cancellationToken)
    {
        var latency = request.Method == Invoice ? settings.Latency + settings.InvoiceLatency : settings.Latency;
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, cancellationToken);
        }

        if (Fails(Interlocked.Increment(ref _charges)))
        {
            throw new PaymentGatewayException("The payment gateway does not answer. Try again later.");
        }

        return request.Method == Declined ? null : new PaymentReceipt($"auth-{request.OrderId}");
    }

    // Spread evenly instead of drawn: every run of the same length fails equally often, so arms stay comparable.
    private bool Fails(long charge) => Math.Floor(charge * settings.FailureRatio) > Math.Floor((charge - 1) * settings.FailureRatio);
}

/// <summary>The payment gateway could not be used; nothing is known about the charge.</summary>
/// <param name="message">What happened; it names no person.</param>
internal sealed class PaymentGatewayException(string message) : Exception(message);
