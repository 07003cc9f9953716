namespace Shop.Payments;

/// <summary>Asks to charge the customer. The means of payment itself (a card's number) never reaches the shop.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Method">The way of paying.</param>
/// <param name="Amount">In the shop's currency.</param>
internal sealed record PaymentRequest(string OrderId, string Method, decimal Amount);
