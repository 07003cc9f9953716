namespace Shop.Tests.InMemory;

/// <summary>Bodies of orders, and what one order leaves in a trace.</summary>
internal static class OrderBodies
{
    /// <summary>
    /// Server span, processOrder, and for each of the three steps its own span, the client's and the server's: 2 + 3 * 3.
    /// </summary>
    public const int SpansPerOrder = 11;

    public static object Good(string? orderId = null) => With(orderId: orderId);

    public static object With(string? orderId = null, string userTier = "premium", string paymentMethod = "card", string sku = "SKU-0001") => new
    {
        orderId,
        userTier,
        paymentMethod,
        items = new[] { new { sku, quantity = 2 }, new { sku = "SKU-0002", quantity = 1 } },
    };
}
