using System.Diagnostics;
using Shop.Downstream;
using Shop.Settings;

namespace Shop.Queues;

/// <summary>
/// Opens the queue before the server listens and closes it after the last order: starts a broker of its own if asked to,
/// or asks another process of the shop which one it uses.
/// </summary>
/// <param name="settings">Which queue.</param>
/// <param name="whereabouts">Asks other processes.</param>
/// <param name="logger">Receives log messages of the clients.</param>
internal sealed class QueueHost(QueueSettings settings, ServiceEndpointsClient whereabouts, ILogger<QueueHost> logger) : IHostedLifecycleService, IAsyncDisposable
{
    // Processes are started together: the other one may need a moment, and its broker some seconds.
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(200);

    private IBroker? _broker;
    private IQueue? _queue;

    /// <summary>Gets the queue.</summary>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public IQueue Queue => _queue ?? throw new InvalidOperationException("The queue is open only from the start of the process to its end.");

    /// <inheritdoc />
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var address = settings.Address ?? (settings.OwnBroker is { } kind ? await StartBrokerAsync(kind, cancellationToken) : await DiscoverBrokerAsync(settings.DiscoveryUrl!, cancellationToken));
        _queue = QueueSettings.KindOf(address) == QueueKind.Kafka
            ? new KafkaQueue(address, settings.Name, logger)
            : await RabbitMqQueue.ConnectAsync(address, settings.Name, cancellationToken);
    }

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => CloseAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Uri> StartBrokerAsync(QueueKind kind, CancellationToken cancellationToken)
    {
        _broker = kind == QueueKind.Kafka ? KafkaMockBroker.Start(settings.Name) : await RabbitMqBroker.StartAsync(cancellationToken);
        return _broker.Address;
    }

    private async Task<Uri> DiscoverBrokerAsync(Uri shop, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var told = (await whereabouts.GetAsync(shop, cancellationToken)).Queue;
                return told is null ? throw new QueueException($"--queue {shop}: that shop uses no queue. Start it with --queue kafka or --queue rabbitmq.") : new Uri(told);
            }
            catch (DownstreamException exception)
            {
                if (waited.Elapsed > AskLimit)
                {
                    throw new QueueException($"--queue {shop}: {exception.Message}", exception);
                }

                await Task.Delay(AskInterval, cancellationToken);
            }
        }
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _queue, null) is { } queue)
        {
            await queue.DisposeAsync();
        }

        if (Interlocked.Exchange(ref _broker, null) is { } broker)
        {
            await broker.DisposeAsync();
        }
    }
}

/// <summary>The part of a process that is connected to a queue.</summary>
internal static class QueueRegistration
{
    /// <summary>Adds the connection. Before all that uses it: what is added first starts first and stops last.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">Which queue.</param>
    public static void AddQueue(this IServiceCollection services, QueueSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<QueueHost>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueHost>());
        services.AddSingleton<MessageContextPropagator>();
    }
}
