using System.Diagnostics;
using Shop.Downstream;
using Shop.Inventory;
using Shop.Tracing;

namespace Shop.Services;

/// <summary>Fulfils an order: stock, shipping, payment and word to the customer, one after the other.</summary>
/// <param name="inventory">The first step.</param>
/// <param name="shipping">The second step.</param>
/// <param name="payments">The third step.</param>
/// <param name="spans">The shop's own spans.</param>
/// <param name="notifications">The last step; null without notifications.</param>
internal sealed class OrderProcessor(InventoryClient inventory, ShippingClient shipping, PaymentsClient payments, OrderSpans spans, NotificationsClient? notifications = null)
{
    /// <summary>Runs the steps, in a span around them.</summary>
    /// <param name="order">The order.</param>
    /// <param name="cancellationToken">Ends the work when the customer is gone.</param>
    /// <returns>What the customer pays.</returns>
    /// <exception cref="RejectedException">A step said no.</exception>
    /// <exception cref="DownstreamException">A step could not be carried out.</exception>
    public async Task<OrderConfirmation> RunAsync(Order order, CancellationToken cancellationToken)
    {
        var orderedAt = TimeProvider.System.GetUtcNow();
        using var span = spans.StartOrder();
        Describe(span, order);
        try
        {
            var stock = await inventory.ValidateAsync(order.Id, order.ItemCount, order.Lines, cancellationToken);
            var quote = await shipping.CalculateAsync(order.Id, new ShippingRequest(stock.WeightGrams, order.UserTier), cancellationToken);
            var total = stock.Subtotal + quote.Cost;
            await payments.ProcessAsync(new PaymentRequest(order.Id, order.PaymentMethod, total), cancellationToken);
            if (notifications is not null)
            {
                await notifications.SendAsync(new OrderPlaced(order.Id, order.UserTier, order.ItemCount, total, orderedAt), cancellationToken);
            }

            return new OrderConfirmation(order.Id, total, quote.Cost);
        }
        catch (Exception exception)
        {
            // The step's own span carries the exception; once is enough.
            OrderSpans.SetErrorStatus(span, exception);
            throw;
        }
    }

    private void Describe(Activity? span, Order order)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        spans.AddAttributes(
            span,
            new(OrderAttributes.OrderId, order.Id),
            new(OrderAttributes.ItemCount, order.ItemCount),
            new(OrderAttributes.UserTier, order.UserTier),
            new(OrderAttributes.PaymentMethod, order.PaymentMethod));
        if (order.Customer is { } customer)
        {
            spans.AddPersonalData(
                span,
                new(PersonalDataAttributes.Name, customer.Name),
                new(PersonalDataAttributes.Email, customer.Email),
                new(PersonalDataAttributes.Phone, customer.Phone),
                new(PersonalDataAttributes.CardNumber, customer.CardNumber),
                new(PersonalDataAttributes.Note, customer.Note));
        }
    }
}
