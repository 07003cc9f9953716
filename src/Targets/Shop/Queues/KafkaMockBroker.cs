using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using Shop.Settings;

namespace Shop.Queues;

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

/// <summary>
/// The functions of librdkafka's mock broker (rdkafka_mock.h), which Confluent.Kafka has no names for. They are called in the
/// very file that Confluent.Kafka has loaded: its package holds several builds, and another one may want libraries that are
/// not there.
/// </summary>
internal static partial class LibrdKafka
{
    private const string Library = "librdkafka-as-loaded";
    private static readonly Lock Loading = new();
    private static nint _handle;

    /// <summary>Loads the library as Confluent.Kafka does, and finds it. Any number of times.</summary>
    /// <exception cref="QueueException">It cannot be loaded or found.</exception>
    public static void Load()
    {
        lock (Loading)
        {
            if (_handle != 0)
            {
                return;
            }

            try
            {
                _ = Confluent.Kafka.Library.Load();
            }
            catch (Exception exception) when (exception is DllNotFoundException or InvalidOperationException)
            {
                throw new QueueException($"--queue kafka: librdkafka cannot be loaded here: {exception.Message} Use --queue kafka://host:port on a machine that it supports, or --queue rabbitmq.", exception);
            }

            using var self = Process.GetCurrentProcess();
            var path = self.Modules.Cast<ProcessModule>()
                .Select(module => module.FileName)
                .FirstOrDefault(name => Path.GetFileName(name).Contains("librdkafka", StringComparison.OrdinalIgnoreCase) && !name.Contains("cpp", StringComparison.OrdinalIgnoreCase))
                ?? throw new QueueException("--queue kafka: the system does not tell which librdkafka was loaded. Use --queue kafka://host:port.");
            _handle = NativeLibrary.Load(path);
            NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), static (name, _, _) => name == Library ? _handle : 0);
        }
    }

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    internal static partial nint NewConfiguration();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Configure(nint configuration, string name, string value, nint error, nuint errorLength);

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    internal static partial nint NewClient(int type, nint configuration, nint error, nuint errorLength);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    internal static partial void DestroyClient(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    internal static partial nint NewCluster(nint client, int brokerCount);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    internal static partial void DestroyCluster(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    internal static partial nint Bootstraps(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int CreateTopic(nint cluster, string topic, int partitionCount, int replicationFactor);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    internal static partial void SetRebalanceDelay(nint cluster, int milliseconds);
}
