using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Downstream;
using Shop.Queues;
using Shop.Settings;
using Shop.Tracing;

namespace Shop.Services;

/// <summary>The order's last step: tell the notifications service, through the queue.</summary>
/// <param name="host">Has the queue.</param>
/// <param name="context">Carries the trace through the message.</param>
/// <param name="spans">The shop's own spans.</param>
/// <param name="settings">How far the boundary is traced.</param>
internal sealed class NotificationsClient(QueueHost host, MessageContextPropagator context, OrderSpans spans, ShopSettings settings)
{
    private long _sentCount;

    /// <summary>Gets the number of messages that the broker took.</summary>
    public long SentCount => Interlocked.Read(ref _sentCount);

    /// <summary>Sends the message, in a span by the conventions of messaging, and waits until the broker has it.</summary>
    /// <param name="order">What happened.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Ends when the broker has the message.</returns>
    /// <exception cref="DownstreamException">The broker could not be used.</exception>
    public async Task SendAsync(OrderPlaced order, CancellationToken cancellationToken)
    {
        var queue = host.Queue;
        var boundary = settings.Tracing.Boundaries.Queue;
        var body = JsonSerializer.SerializeToUtf8Bytes(order, NotificationsJson.Default.OrderPlaced);
        using var span = boundary == BoundaryTracing.Trace ? MessagingSpans.StartSend(queue.System, queue.Address, queue.Name, order.OrderId, body.Length) : null;
        try
        {
            var headers = new Dictionary<string, string>(StringComparer.Ordinal);
            if (boundary != BoundaryTracing.None)
            {
                context.Inject(span ?? Activity.Current, headers);
            }

            await queue.PublishAsync(order.OrderId, body, headers, cancellationToken);
            Interlocked.Increment(ref _sentCount);
        }
        catch (QueueException exception)
        {
            spans.RecordFailure(span, exception);
            throw new DownstreamException(exception.Message, exception);
        }
    }
}

/// <summary>Announces that an order was accepted and paid.</summary>
/// <param name="OrderId">The order's number.</param>
/// <param name="UserTier">The customer's tier.</param>
/// <param name="ItemCount">Pieces in the order.</param>
/// <param name="Total">What was charged, in the shop's currency.</param>
/// <param name="OrderedAt">When the order came in.</param>
internal sealed record OrderPlaced(string OrderId, string UserTier, int ItemCount, decimal Total, DateTimeOffset OrderedAt);

/// <summary>Generated JSON code for the messages of notifications.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(NotificationLatencyHistogram.Summary))]
internal sealed partial class NotificationsJson : JsonSerializerContext;
