namespace Shop.Settings;

/// <summary>Through which queue orders are told to the notifications service.</summary>
internal sealed record QueueSettings
{
    /// <summary>The schemes of an address, by kind: <c>kafka://host:port</c> and <c>amqp://user:password@host:port</c>.</summary>
    public const string KafkaScheme = "kafka";

    /// <summary>The scheme of RabbitMQ's addresses.</summary>
    public const string RabbitMqScheme = "amqp";

    /// <summary>Gets the kind of broker that this process runs itself; null when it runs none.</summary>
    public required QueueKind? Own { get; init; }

    /// <summary>Gets the broker's address; null when it is this process's own, or is to be asked for.</summary>
    public required Uri? Address { get; init; }

    /// <summary>Gets the process of the shop that is asked which broker it uses; null when the broker is known.</summary>
    public required Uri? AskAt { get; init; }

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
