namespace PerfLab.Collector.Traces;

/// <summary>Who made the spans that follow, where it lies in the payload.</summary>
/// <param name="message">A Resource message that was checked; empty where the exporter sent none.</param>
internal readonly ref struct ResourceView(ReadOnlySpan<byte> message)
{
    private const int AttributesField = 1;

    private readonly ReadOnlySpan<byte> message = message;

    /// <summary>Gets the whole Resource message.</summary>
    public ReadOnlySpan<byte> Message => message;

    /// <summary>Gets the attributes, each a KeyValue message for <see cref="AttributeView"/>.</summary>
    public NestedMessages Attributes => new(message, AttributesField);

    /// <summary>Gets the service's name in UTF-8; empty where the exporter sent none.</summary>
    public ReadOnlySpan<byte> ServiceName
    {
        get
        {
            foreach (var keyValue in Attributes)
            {
                var attribute = new AttributeView(keyValue);
                if (attribute.Key.SequenceEqual("service.name"u8) && attribute.TryGetText(out var name))
                {
                    return name;
                }
            }

            return default;
        }
    }
}
