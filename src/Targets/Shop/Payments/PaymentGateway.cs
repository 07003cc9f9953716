using System.Collections.Immutable;

namespace Shop.Payments;

/// <summary>Stands in for a payment provider, with its test card that is always declined.</summary>
internal static class PaymentGateway
{
    /// <summary>The way of paying that is always declined.</summary>
    public const string Declined = "declined_card";

    /// <summary>Gets the ways of paying that there are.</summary>
    public static ImmutableArray<string> Methods { get; } = ["card", "wallet", "invoice", Declined];

    /// <summary>Charges.</summary>
    /// <param name="request">Whom and how much.</param>
    /// <returns>The receipt; null when the charge is declined.</returns>
    public static PaymentReceipt? Charge(PaymentRequest request) =>
        request.Method == Declined ? null : new PaymentReceipt($"auth-{request.OrderId}");
}
