namespace Shop.Settings;

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
