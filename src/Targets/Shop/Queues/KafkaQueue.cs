using System.Text;
using Confluent.Kafka;

namespace Shop.Queues;

/// <summary>A topic of Kafka.</summary>
internal sealed class KafkaQueue : IQueue
{
    // Shorter than the time that a customer's client waits for an answer.
    private const int PublishLimitMilliseconds = 5000;
    private const int FetchWaitMilliseconds = 20;
    private static readonly TimeSpan SubscribeLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(1);

    private readonly string _servers;
    private readonly ILogger _logger;
    private readonly IProducer<string, byte[]> _producer;
    private KafkaConsumerLoop? _loop;

    /// <summary>Initializes a new instance of the <see cref="KafkaQueue"/> class; it connects when it is used.</summary>
    /// <param name="address">The broker.</param>
    /// <param name="name">The topic.</param>
    /// <param name="logger">Takes what the client has to say.</param>
    public KafkaQueue(Uri address, string name, ILogger logger)
    {
        Address = address;
        Name = name;
        _logger = logger;
        _servers = address.Authority;
        _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig
        {
            BootstrapServers = _servers,
            Acks = Acks.All,

            // An order waits for its message; there is nothing to gather.
            LingerMs = 0,
            MessageTimeoutMs = PublishLimitMilliseconds,
        }).SetLogHandler(Log).SetErrorHandler(Ignore).Build();
    }

    /// <inheritdoc />
    public string System => "kafka";

    /// <inheritdoc />
    public Uri Address { get; }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public async Task PublishAsync(string id, byte[] body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var message = new Message<string, byte[]> { Key = id, Value = body, Headers = [] };
        foreach (var (name, value) in headers)
        {
            message.Headers.Add(name, Encoding.UTF8.GetBytes(value));
        }

        try
        {
            await _producer.ProduceAsync(Name, message, cancellationToken);
        }
        catch (KafkaException exception)
        {
            throw new QueueException($"Kafka at {_servers} did not take a message: {exception.Error.Reason}. Check that the broker runs and listens there.", exception);
        }
    }

    /// <inheritdoc />
    public async Task SubscribeAsync(Action<ReceivedMessage> handle, CancellationToken cancellationToken)
    {
        var assigned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = _servers,
            GroupId = Name,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            AllowAutoCreateTopics = true,

            // A real broker answers as soon as there is a message; the one inside librdkafka only when this time is over.
            FetchWaitMaxMs = FetchWaitMilliseconds,
        }).SetLogHandler(Log).SetErrorHandler(Ignore).SetPartitionsAssignedHandler((_, partitions) =>
        {
            if (partitions.Count > 0)
            {
                assigned.TrySetResult();
            }
        }).Build();
        consumer.Subscribe(Name);
        _loop = KafkaConsumerLoop.Start(consumer, handle, _logger);
        try
        {
            await assigned.Task.WaitAsync(SubscribeLimit, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new QueueException($"Kafka at {_servers} assigned no partition of {Name} within {SubscribeLimit.TotalSeconds:0} s. Check that the broker runs and listens there.", exception);
        }
    }

    /// <inheritdoc />
    public async Task UnsubscribeAsync()
    {
        if (_loop is not null)
        {
            await _loop.DisposeAsync();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_loop is not null)
        {
            await _loop.DisposeAsync();
        }

        _producer.Flush(FlushLimit);
        _producer.Dispose();
    }

    // Calls report their own failures; everything in between is logged for diagnosis.
    private void Log(IClient client, LogMessage message) => _logger.LogDebug("{Facility}: {Message}", message.Facility, message.Message);

    private void Ignore(IClient client, Error error) => _logger.LogDebug("{Reason}", error.Reason);
}

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
