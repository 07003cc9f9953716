namespace Shop.Orders;

/// <summary>Who orders. The shop does not need it; careless tracing records it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Phone">The telephone number.</param>
/// <param name="CardNumber">The number of the card.</param>
/// <param name="Note">What the customer wrote.</param>
internal sealed record Customer(string? Name, string? Email, string? Phone, string? CardNumber, string? Note);
