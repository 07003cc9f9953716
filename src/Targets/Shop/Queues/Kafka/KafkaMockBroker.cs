using System.Runtime.InteropServices;
using Shop.Settings;

namespace Shop.Queues.Kafka;

/// <summary>
/// The Kafka broker that librdkafka carries inside for tests: real clients, also of other processes, reach it over TCP on
/// loopback. It keeps messages in memory and drops the oldest.
/// </summary>
internal sealed class KafkaMockBroker : IBroker
{
    private const int Producer = 0;
    private const int PartitionCount = 4;

    private readonly nint _client;
    private readonly nint _cluster;
    private bool _isGone;

    private KafkaMockBroker(nint client, nint cluster, Uri address)
    {
        _client = client;
        _cluster = cluster;
        Address = address;
    }

    /// <inheritdoc />
    public Uri Address { get; }

    /// <summary>Starts a broker with one topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <returns>The broker, listening.</returns>
    /// <exception cref="QueueException">It cannot be started.</exception>
    public static KafkaMockBroker Start(string topic)
    {
        LibrdKafka.Load();
        var configuration = LibrdKafka.NewConfiguration();

        // Emergencies only (syslog(3)): the rest would be written to the standard error without being asked for.
        _ = LibrdKafka.Configure(configuration, "log_level", "0", 0, 0);
        var client = LibrdKafka.NewClient(Producer, configuration, 0, 0);
        var cluster = client == 0 ? 0 : LibrdKafka.NewCluster(client, 1);
        if (cluster == 0)
        {
            throw new QueueException("--queue kafka: librdkafka could not start its broker. Use --queue kafka://host:port.");
        }

        // By default a group waits 3 s for more members.
        LibrdKafka.SetRebalanceDelay(cluster, 0);
        _ = LibrdKafka.CreateTopic(cluster, topic, PartitionCount, 1);
        return new KafkaMockBroker(client, cluster, new Uri($"{QueueSettings.KafkaScheme}://{Marshal.PtrToStringUTF8(LibrdKafka.Bootstraps(cluster))}"));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (!_isGone)
        {
            _isGone = true;
            LibrdKafka.DestroyCluster(_cluster);
            LibrdKafka.DestroyClient(_client);
        }

        return ValueTask.CompletedTask;
    }
}
