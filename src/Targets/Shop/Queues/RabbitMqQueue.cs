using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Shop.Queues;

/// <summary>A queue of RabbitMQ.</summary>
internal sealed class RabbitMqQueue : IQueue
{
    // Enough to keep the consumer busy while its acknowledgements are on the way.
    private const ushort PrefetchCount = 100;

    // AMQP 0-9-1, section 1.3: reply-success.
    private const ushort SuccessCode = 200;

    // Shorter than the time that a customer's client waits for an answer.
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);
    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    // A channel is for one publisher at a time.
    private readonly ConcurrentQueue<IChannel> _idle = new();
    private readonly IConnection _connection;
    private IChannel? _consuming;

    private RabbitMqQueue(Uri address, string name, IConnection connection)
    {
        Address = address;
        Name = name;
        _connection = connection;
    }

    /// <inheritdoc />
    public string System => "rabbitmq";

    /// <inheritdoc />
    public Uri Address { get; }

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>Connects, and makes the queue if it is not there.</summary>
    /// <param name="address">The broker.</param>
    /// <param name="name">The queue.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The queue.</returns>
    /// <exception cref="QueueException">The broker could not be used.</exception>
    public static async Task<RabbitMqQueue> ConnectAsync(Uri address, string name, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = address,
            ClientProvidedName = "shop",
            RequestedConnectionTimeout = CallLimit,
            ContinuationTimeout = CallLimit,
            NetworkRecoveryInterval = TimeSpan.FromSeconds(1),
        };
        try
        {
            var connection = await factory.CreateConnectionAsync(cancellationToken);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(name, durable: false, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
            return new RabbitMqQueue(address, name, connection);
        }
        catch (Exception exception) when (IsBrokerFailure(exception, cancellationToken))
        {
            throw Unusable(address, exception);
        }
    }

    /// <inheritdoc />
    public async Task PublishAsync(string id, byte[] body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties { MessageId = id, ContentType = "application/json", Headers = headers.ToDictionary(header => header.Key, header => (object?)header.Value, StringComparer.Ordinal) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CallLimit);
        IChannel? channel = null;
        try
        {
            channel = _idle.TryDequeue(out var idle) ? idle : await _connection.CreateChannelAsync(Confirmed, limit.Token);
            await channel.BasicPublishAsync(string.Empty, Name, mandatory: true, properties, body, limit.Token);
            _idle.Enqueue(channel);
        }
        catch (Exception exception)
        {
            // A channel in an unknown state is not used again.
            if (channel is not null)
            {
                await channel.DisposeAsync();
            }

            if (IsBrokerFailure(exception, cancellationToken))
            {
                throw Unusable(Address, exception);
            }

            throw;
        }
    }

    /// <inheritdoc />
    public async Task SubscribeAsync(Action<ReceivedMessage> handle, CancellationToken cancellationToken)
    {
        try
        {
            var channel = _consuming = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.BasicQosAsync(0, PrefetchCount, global: false, cancellationToken);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += async (_, delivery) =>
            {
                handle(new ReceivedMessage(delivery.Body, HeaderTexts(delivery.BasicProperties.Headers)));
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
            };
            await channel.BasicConsumeAsync(Name, autoAck: false, consumer, cancellationToken);
        }
        catch (Exception exception) when (IsBrokerFailure(exception, cancellationToken))
        {
            throw Unusable(Address, exception);
        }
    }

    /// <inheritdoc />
    public async Task UnsubscribeAsync()
    {
        if (Interlocked.Exchange(ref _consuming, null) is { } channel)
        {
            // Waits for the message that is being handled; with the broker gone there is nobody to tell.
            await channel.DisposeAsync();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await UnsubscribeAsync();
        await _connection.CloseAsync(SuccessCode, "closing", CloseLimit, abort: true);
        await _connection.DisposeAsync();
    }

    private static Dictionary<string, string> HeaderTexts(IDictionary<string, object?>? headers)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            // AMQP's long strings arrive as bytes.
            if (value is byte[] bytes)
            {
                texts[name] = Encoding.UTF8.GetString(bytes);
            }
        }

        return texts;
    }

    private static bool IsBrokerFailure(Exception exception, CancellationToken cancellationToken) =>
        exception is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // The address may hold a password: only its host and port are shown.
    private static QueueException Unusable(Uri address, Exception exception) =>
        new($"RabbitMQ at {address.Host}:{address.Port} could not be used: {exception.Message.Split('\n')[0]} Check that the broker runs and listens there.", exception);
}
