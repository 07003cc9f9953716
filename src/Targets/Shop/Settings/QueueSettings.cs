namespace Shop.Settings;

/// <summary>The queue through which the notifications service receives orders.</summary>
internal sealed record QueueSettings
{
    /// <summary>The schemes of an address, by kind: <c>kafka://host:port</c> and <c>amqp://user:password@host:port</c>.</summary>
    public const string KafkaScheme = "kafka";

    /// <summary>The scheme of RabbitMQ's addresses.</summary>
    public const string RabbitMqScheme = "amqp";

    /// <summary>Gets the kind of broker that this process runs itself; null when it runs none.</summary>
    public required QueueKind? OwnBroker { get; init; }

    /// <summary>Gets the broker's address; null when it is this process's own, or is to be asked for.</summary>
    public required Uri? Address { get; init; }

    /// <summary>Gets the process of the shop that is asked which broker it uses; null when the broker is known.</summary>
    public required Uri? DiscoveryUrl { get; init; }

    /// <summary>Gets the name of the queue or topic. Shops that share a broker need different ones.</summary>
    public required string Name { get; init; }

    /// <summary>Gets a value indicating whether the consumer's span begins a trace of its own with a link to the producer's; otherwise it is its child.</summary>
    public required bool LinksConsumer { get; init; }

    /// <summary>Finds the kind of broker at an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The kind; Unknown when the scheme is neither's.</returns>
    public static QueueKind KindOf(Uri address) => address.Scheme switch
    {
        KafkaScheme => QueueKind.Kafka,
        RabbitMqScheme => QueueKind.RabbitMq,
        _ => QueueKind.Unknown,
    };
}

/// <summary>A kind of message broker.</summary>
internal enum QueueKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Kafka.</summary>
    Kafka = 1,

    /// <summary>RabbitMQ.</summary>
    RabbitMq = 2,
}

/// <summary>Reads which queue is used.</summary>
internal static class QueueSettingsReader
{
    private const string Place = "--queue or SHOP_QUEUE";
    private const string DefaultName = "shop-orders";

    /// <summary>Reads and checks.</summary>
    /// <param name="text">The value of <c>--queue</c> or its variable; null when neither is set.</param>
    /// <param name="reader">The variables; collects the faults.</param>
    /// <param name="faults">Receives what is wrong.</param>
    /// <returns>The settings; null without a queue.</returns>
    public static QueueSettings? Read(string? text, VariableReader reader, List<string> faults)
    {
        var name = reader.Text("SHOP_QUEUE_NAME");
        var links = reader.Choice("SHOP_QUEUE_CONSUMER", "child", "link") == "link";
        if (text is null)
        {
            return null;
        }

        var own = text switch { "kafka" => QueueKind.Kafka, "rabbitmq" => QueueKind.RabbitMq, _ => (QueueKind?)null };
        var url = own is null ? ReadUrl(text, faults) : null;
        var isAsked = url?.Scheme == Uri.UriSchemeHttp;
        return new QueueSettings
        {
            OwnBroker = own,
            Address = isAsked ? null : url,
            DiscoveryUrl = isAsked ? url : null,
            Name = name ?? DefaultName,
            LinksConsumer = links,
        };
    }

    private static Uri? ReadUrl(string text, List<string> faults)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || (QueueSettings.KindOf(url) != QueueKind.Unknown && url.Host.Length > 0)))
        {
            return url;
        }

        // An address may hold a password: it is not repeated.
        faults.Add($"{Place}: the value is not understood. Use kafka or rabbitmq to run a broker here, kafka://host:port or amqp://host:port for one that runs, or the http address of the shop that runs it.");
        return null;
    }
}
