using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Shop.Queues;
using Shop.Settings;
using Shop.Tracing;

namespace Shop.Services;

/// <summary>Takes order events from the queue and writes a notification for each: work of its own, after the customer has the answer.</summary>
/// <param name="host">Has the queue.</param>
/// <param name="context">Carries the trace through the message.</param>
/// <param name="spans">The shop's own spans.</param>
/// <param name="settings">How far the boundary is traced.</param>
/// <param name="times">Takes the time from the order to the notification.</param>
/// <param name="client">The orders of this process, if it takes any.</param>
/// <param name="logger">Takes failures.</param>
internal sealed class NotificationService(
    QueueHost host,
    MessageContextPropagator context,
    OrderSpans spans,
    ShopSettings settings,
    NotificationLatencyHistogram times,
    ILogger<NotificationService> logger,
    NotificationsClient? client = null) : IHostedService
{
    // Messages that are on their way when the end comes are still taken, for so long.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DrainInterval = TimeSpan.FromMilliseconds(10);

    private long _takenCount;
    private string _lastText = string.Empty;

    /// <summary>Gets the last notification.</summary>
    public string LastText => Volatile.Read(ref _lastText);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => host.Queue.SubscribeAsync(Take, cancellationToken);

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (client is not null && Interlocked.Read(ref _takenCount) < client.SentCount && waited.Elapsed < DrainLimit)
        {
            await Task.Delay(DrainInterval, CancellationToken.None);
        }

        await host.Queue.UnsubscribeAsync();
    }

    private void Take(ReceivedMessage message)
    {
        // Whatever the client's thread carries is no part of the message's trace.
        Activity.Current = null;
        var queue = host.Queue;
        var boundary = settings.Tracing.Boundaries.Queue;
        var producer = boundary == BoundaryTracing.None ? default : context.Extract(message.Headers);
        using var span = boundary == BoundaryTracing.Trace
            ? MessagingSpans.StartProcess(queue.System, queue.Address, queue.Name, message.Body.Length, producer, settings.Queue!.LinksConsumer)
            : null;
        try
        {
            Notify(message, producer);
        }
        catch (Exception exception)
        {
            // A message that cannot be read is read no better the next time; the ones behind it must not wait.
            spans.RecordFailure(span, exception);
            logger.LogError(exception, "A message of the queue was skipped.");
        }
        finally
        {
            Interlocked.Increment(ref _takenCount);
        }
    }

    private void Notify(ReceivedMessage message, ActivityContext producer)
    {
        var order = JsonSerializer.Deserialize(message.Body.Span, NotificationsJson.Default.OrderPlaced) ?? throw new JsonException("The message is null.");
        using var span = OrderSpans.StartWithParent("notifyCustomer", producer);
        if (span is { IsAllDataRequested: true })
        {
            spans.AddAttributes(span, new(OrderAttributes.OrderId, order.OrderId), new(OrderAttributes.ItemCount, order.ItemCount), new(OrderAttributes.UserTier, order.UserTier));
        }

        Volatile.Write(ref _lastText, string.Create(CultureInfo.InvariantCulture, $"Your order {order.OrderId} of {order.ItemCount} pieces for {order.Total} is on its way."));
        times.Record(TimeProvider.System.GetUtcNow() - order.OrderedAt);
    }
}
