namespace Shop.Payments;

/// <summary>The customer was charged.</summary>
/// <param name="Authorization">The gateway's number of the charge.</param>
internal sealed record PaymentReceipt(string Authorization);
