using System.Buffers;
using System.Collections.Immutable;
using Shop.Inventory;

namespace Shop.Services;

/// <summary>An order that makes sense.</summary>
internal sealed record Order
{
    /// <summary>Gets the order's number.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the customer's tier.</summary>
    public required string UserTier { get; init; }

    /// <summary>Gets the payment method.</summary>
    public required string PaymentMethod { get; init; }

    /// <summary>Gets who orders; null when the request does not say.</summary>
    public required Customer? Customer { get; init; }

    /// <summary>Gets the products.</summary>
    public required IReadOnlyList<StockLine> Lines { get; init; }

    /// <summary>Gets the pieces, all lines added.</summary>
    public required int ItemCount { get; init; }
}

/// <summary>
/// Validates a request. It also keeps personal data out of spans: tier and payment method are words of a list, and an
/// order's number has no room for an email address or a sentence.
/// </summary>
internal static class OrderValidation
{
    private const int MaximumLines = 100;
    private const int MaximumQuantity = 1000;
    private const int MaximumIdentifierLength = 64;

    private static readonly ImmutableArray<string> Tiers = ["standard", "premium", "vip"];

    private static readonly SearchValues<char> IdentifierCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Validates.</summary>
    /// <param name="request">What came in.</param>
    /// <param name="fault">The first thing that is wrong, one sentence; null when nothing is.</param>
    /// <returns>The order; null when something is wrong.</returns>
    public static Order? Validate(OrderRequest request, out string? fault)
    {
        fault = FindFault(request);
        if (fault is not null)
        {
            return null;
        }

        var items = request.Items!;
        var lines = new StockLine[items.Count];
        var itemCount = 0;
        for (var index = 0; index < lines.Length; index++)
        {
            lines[index] = new StockLine(items[index]!.Sku!, items[index]!.Quantity);
            itemCount += lines[index].Quantity;
        }

        return new Order
        {
            Id = request.OrderId ?? Guid.NewGuid().ToString("N"),
            UserTier = request.UserTier!,
            PaymentMethod = request.PaymentMethod!,
            Customer = request.Customer,
            Lines = lines,
            ItemCount = itemCount,
        };
    }

    private static string? FindFault(OrderRequest request)
    {
        if (request.OrderId is not null && !IsIdentifier(request.OrderId))
        {
            return "orderId must be 1 to 64 letters, digits, - or _, or be left out.";
        }

        if (request.UserTier is null || !Tiers.Contains(request.UserTier))
        {
            return $"userTier must be one of {string.Join(", ", Tiers)}.";
        }

        if (request.PaymentMethod is null || !PaymentGateway.Methods.Contains(request.PaymentMethod))
        {
            return $"paymentMethod must be one of {string.Join(", ", PaymentGateway.Methods)}.";
        }

        if (request.Items is not { Count: >= 1 and <= MaximumLines } items)
        {
            return $"items must have 1 to {MaximumLines} lines.";
        }

        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is not { Sku: { } sku, Quantity: >= 1 and <= MaximumQuantity } || !IsIdentifier(sku))
            {
                return $"items[{index}] must have a sku and a quantity of 1 to {MaximumQuantity}.";
            }
        }

        return null;
    }

    private static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= MaximumIdentifierLength && !text.AsSpan().ContainsAnyExcept(IdentifierCharacters);
}
