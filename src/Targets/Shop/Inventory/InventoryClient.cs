using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Downstream;
using Shop.Tracing;

namespace Shop.Inventory;

/// <summary>The order's first step: is everything in stock?</summary>
/// <param name="operation">The call to the service.</param>
/// <param name="spans">The shop's own spans.</param>
internal sealed class InventoryClient(IInventoryTransport operation, OrderSpans spans)
{
    /// <summary>Asks the inventory, in a span of its own.</summary>
    /// <param name="orderId">The order, for the span.</param>
    /// <param name="itemCount">Pieces in the order, for the span.</param>
    /// <param name="lines">The products.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Price and weight.</returns>
    /// <exception cref="RejectedException">A product is unknown or out of stock.</exception>
    /// <exception cref="DownstreamException">The inventory could not be used.</exception>
    public async Task<StockReply> ValidateAsync(string orderId, int itemCount, IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        using var span = OrderSpans.Start("validateInventory");
        if (span is { IsAllDataRequested: true })
        {
            spans.AddAttributes(span, new(OrderAttributes.OrderId, orderId), new(OrderAttributes.ItemCount, itemCount));
        }

        try
        {
            return await operation.CheckAsync(new StockRequest(lines), cancellationToken);
        }
        catch (Exception exception)
        {
            spans.RecordFailure(span, exception);
            throw;
        }
    }
}

/// <summary>Asks whether everything is in stock.</summary>
/// <param name="Lines">The products; at least one.</param>
internal sealed record StockRequest(IReadOnlyList<StockLine> Lines);

/// <summary>A product and how many of it.</summary>
/// <param name="Sku">The product's number.</param>
/// <param name="Quantity">Pieces; at least 1.</param>
internal sealed record StockLine(string Sku, int Quantity);

/// <summary>Everything is in stock.</summary>
/// <param name="Subtotal">The price of all pieces together, in the shop's currency.</param>
/// <param name="WeightGrams">The weight of all pieces together.</param>
internal sealed record StockReply(decimal Subtotal, long WeightGrams);

/// <summary>Generated JSON code for the inventory's messages.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StockRequest))]
[JsonSerializable(typeof(StockReply))]
internal sealed partial class InventoryJson : JsonSerializerContext;

/// <summary>The call to the inventory, over whichever transport.</summary>
internal interface IInventoryTransport
{
    /// <summary>Asks whether everything is in stock.</summary>
    /// <param name="request">The products.</param>
    /// <param name="cancellationToken">Ends the call when the customer is gone.</param>
    /// <returns>Price and weight.</returns>
    /// <exception cref="RejectedException">A product is unknown or out of stock.</exception>
    /// <exception cref="DownstreamException">The inventory could not be used.</exception>
    Task<StockReply> CheckAsync(StockRequest request, CancellationToken cancellationToken);
}

/// <summary>Calls the inventory as JSON over HTTP/1.1.</summary>
/// <param name="operation">The call.</param>
internal sealed class HttpInventoryTransport(DownstreamClient<StockRequest, StockReply> operation) : IInventoryTransport
{
    /// <inheritdoc />
    public Task<StockReply> CheckAsync(StockRequest request, CancellationToken cancellationToken) =>
        operation.PostAsync(request, HttpStatusCode.Conflict, cancellationToken);
}
