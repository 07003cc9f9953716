using System.Diagnostics;
using Shop.Downstream;
using Shop.Inventory;
using Shop.Payments;
using Shop.Shipping;
using Shop.Tracing;

namespace Shop.Orders;

/// <summary>Fulfils an order: stock, shipping, payment, one after the other.</summary>
/// <param name="inventory">The first step.</param>
/// <param name="shipping">The second step.</param>
/// <param name="payments">The third step.</param>
internal sealed class OrderProcess(InventoryClient inventory, ShippingClient shipping, PaymentsClient payments)
{
    /// <summary>Runs the steps, in a span around them.</summary>
    /// <param name="order">The order.</param>
    /// <param name="cancellationToken">Ends the work when the customer is gone.</param>
    /// <returns>What the customer pays.</returns>
    /// <exception cref="RejectedException">A step said no.</exception>
    /// <exception cref="DownstreamException">A step could not be carried out.</exception>
    public async Task<OrderConfirmation> RunAsync(Order order, CancellationToken cancellationToken)
    {
        using var span = ShopTracing.Source.StartActivity("processOrder");
        Describe(span, order);
        try
        {
            var stock = await inventory.ValidateAsync(order.Id, order.ItemCount, order.Lines, cancellationToken);
            var quote = await shipping.CalculateAsync(order.Id, new ShippingRequest(stock.WeightGrams, order.UserTier), cancellationToken);
            var total = stock.Subtotal + quote.Cost;
            await payments.ProcessAsync(new PaymentRequest(order.Id, order.PaymentMethod, total), cancellationToken);
            return new OrderConfirmation(order.Id, total, quote.Cost);
        }
        catch (Exception exception)
        {
            // The step's own span carries the exception; once is enough.
            span.FailBecauseOf(exception);
            throw;
        }
    }

    private static void Describe(Activity? span, Order order)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(OrderAttributes.OrderId, order.Id);
            span.SetTag(OrderAttributes.ItemCount, order.ItemCount);
            span.SetTag(OrderAttributes.UserTier, order.UserTier);
            span.SetTag(OrderAttributes.PaymentMethod, order.PaymentMethod);
        }
    }
}
