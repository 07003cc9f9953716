using Shop.Variables;

namespace Shop.Settings;

/// <summary>Reads which queue is used.</summary>
internal static class QueueSettingsReader
{
    private const string Place = "--queue or SHOP_QUEUE";
    private const string DefaultName = "shop-orders";

    /// <summary>Reads and checks.</summary>
    /// <param name="text">The value of <c>--queue</c> or its variable; null when neither is set.</param>
    /// <param name="reader">The variables; collects the faults.</param>
    /// <param name="faults">Receives what is wrong.</param>
    /// <returns>The settings; null when orders are told to nobody.</returns>
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
            Own = own,
            Address = isAsked ? null : url,
            AskAt = isAsked ? url : null,
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
