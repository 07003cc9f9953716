using System.Collections.Immutable;

namespace Shop.Settings;

/// <summary>Splits <c>--name value</c> and <c>--name=value</c>, and knows every option there is.</summary>
internal static class CommandLine
{
    /// <summary>How to start the shop; printed with every complaint.</summary>
    public const string Usage =
        """
        usage: Shop [--services all|orders,inventory,shipping,payments,notifications] [--urls http://127.0.0.1:PORT]
                    [--postgres CONNECTION] [--queue kafka|rabbitmq|kafka://HOST:PORT|amqp://HOST:PORT|http://SHOP]
                    [--inventory-url URL] [--shipping-url URL] [--payments-url URL]
        environment: SHOP_SERVICES, SHOP_INVENTORY_URL, SHOP_SHIPPING_URL, SHOP_PAYMENTS_URL, SHOP_DATA (folder of the
        database, default in memory), SHOP_RESERVE_STOCK (true|false), SHOP_POSTGRES, SHOP_QUEUE and more (docs/shop.md), and
        the standard OTEL_* variables for tracing
        """;

    private static readonly ImmutableHashSet<string> KnownOptions = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "services",
        "urls",
        "postgres",
        "queue",
        "inventory-url",
        "shipping-url",
        "payments-url",
        "environment",
        "contentRoot",
        "applicationName");

    /// <summary>Reads the options; the last three known ones are ASP.NET Core's own and are left to it.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="faults">Receives one sentence for every argument that is not understood.</param>
    /// <returns>Values by option name.</returns>
    public static IReadOnlyDictionary<string, string> Parse(IReadOnlyList<string> args, ICollection<string> faults)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < args.Count; index++)
        {
            var argument = args[index];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !KnownOptions.Contains(name[2..]))
            {
                faults.Add($"argument {index + 1}: \"{argument}\" is not an option of Shop. Use one of those below.");
                continue;
            }

            string? value = equals >= 0 ? argument[(equals + 1)..] : null;
            if (value is null && index + 1 < args.Count && !args[index + 1].StartsWith("--", StringComparison.Ordinal))
            {
                value = args[++index];
            }

            if (string.IsNullOrWhiteSpace(value))
            {
                faults.Add($"argument {index + 1}: {name} has no value. Write one after it.");
            }
            else if (!options.TryAdd(name[2..], value))
            {
                faults.Add($"argument {index + 1}: {name} is given twice. Keep one of them.");
            }
        }

        return options;
    }
}

/// <summary>The command line or the environment asks for something that the shop cannot do; nothing was started.</summary>
/// <param name="faults">Every fault found, one sentence each; at least one.</param>
internal sealed class InvalidSettingsException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Gets every fault found, one sentence each.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
