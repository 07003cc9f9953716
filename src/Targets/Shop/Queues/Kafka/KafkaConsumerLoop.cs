using System.Text;
using Confluent.Kafka;

namespace Shop.Queues.Kafka;

/// <summary>Takes messages on a thread of its own, because the client's wait blocks one.</summary>
internal sealed class KafkaConsumerLoop : IAsyncDisposable
{
    // A broker that is gone must not hold up the end.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();
    private readonly IConsumer<Ignore, byte[]> _consumer;
    private readonly Action<ReceivedMessage> _handle;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isEnding;

    private KafkaConsumerLoop(IConsumer<Ignore, byte[]> consumer, Action<ReceivedMessage> handle, ILogger logger)
    {
        _consumer = consumer;
        _handle = handle;
        _logger = logger;
    }

    /// <summary>Starts taking messages.</summary>
    /// <param name="consumer">The client, already subscribed, which is this object's from now on.</param>
    /// <param name="handle">Handles a message.</param>
    /// <param name="logger">Takes failures.</param>
    /// <returns>The running loop.</returns>
    public static KafkaConsumerLoop Start(IConsumer<Ignore, byte[]> consumer, Action<ReceivedMessage> handle, ILogger logger)
    {
        var loop = new KafkaConsumerLoop(consumer, handle, logger);
        new Thread(loop.Run) { IsBackground = true, Name = "shop-consumer" }.Start();
        return loop;
    }

    /// <summary>Takes no more messages, and closes the client; one whose broker is gone is left to itself after a while. Any number of times.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnding, true))
        {
            return;
        }

        await _stopping.CancelAsync();
        if (await Task.WhenAny(_ended.Task, Task.Delay(StopLimit)) == _ended.Task)
        {
            _stopping.Dispose();
        }
    }

    private void Run()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                TakeOne();
            }

            _consumer.Close();
            _consumer.Dispose();
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "Kafka's consumer ended.");
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private void TakeOne()
    {
        try
        {
            var message = _consumer.Consume(_stopping.Token).Message;
            _handle(new ReceivedMessage(message.Value, message.Headers.ToDictionary(header => header.Key, header => Encoding.UTF8.GetString(header.GetValueBytes()), StringComparer.Ordinal)));
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop's condition says so too.
        }
        catch (ConsumeException exception)
        {
            // The client goes on trying by itself.
            _logger.LogWarning("Kafka: {Reason}", exception.Error.Reason);
        }
    }
}
