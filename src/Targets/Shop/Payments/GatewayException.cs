namespace Shop.Payments;

/// <summary>The payment gateway could not be used; nothing is known about the charge.</summary>
/// <param name="message">What happened; it names no person.</param>
internal sealed class GatewayException(string message) : Exception(message);
