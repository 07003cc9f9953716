using System.Collections.Immutable;
using System.Net;
using Npgsql;
using Shop.Handicaps;

namespace Shop.Settings;

/// <summary>Turns arguments and environment into <see cref="ShopSettings"/>, reporting every fault in one message.</summary>
internal static class ShopSettingsReader
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    private const int DatabaseLimitSeconds = 5;

    // Shorter than the time that a service waits for another, so that a slow gateway is slow and not broken.
    private const int LongestLatencyMilliseconds = 5000;

    /// <summary>Reads and validates; starts nothing.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="variable">Looks up an environment variable or any other configuration value; null when it is not set.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="InvalidSettingsException">Something is not understood or is missing.</exception>
    public static ShopSettings Read(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var faults = new List<string>();
        var options = CommandLine.Parse(args, faults);
        var reader = new VariableReader(variable, faults);

        var queue = options.GetValueOrDefault("queue") ?? reader.Text("SHOP_QUEUE");
        var services = ReadServices(options.GetValueOrDefault("services"), variable("SHOP_SERVICES"), queue is not null, faults);
        var settings = new ShopSettings
        {
            Services = services,
            Url = ReadUrl(options.GetValueOrDefault("urls") ?? variable("urls"), faults),
            Addresses = ReadAddresses(services, options, variable, faults),
            Handicaps = HandicapSettingsReader.Read(variable, faults),
            DataFolder = reader.Text("SHOP_DATA"),
            Postgres = ReadPostgres(options.GetValueOrDefault("postgres") ?? reader.Text("SHOP_POSTGRES"), reader.Text("SHOP_DATA"), faults),
            InventoryTransport = reader.Choice("SHOP_INVENTORY_TRANSPORT", "grpc", "http") == "http" ? InventoryTransport.Http : InventoryTransport.Grpc,
            GrpcPort = reader.Count("SHOP_GRPC_PORT", 0, IPEndPoint.MaxPort) ?? 0,
            ReservesStock = reader.Flag("SHOP_RESERVE_STOCK") ?? false,
            Queue = QueueSettingsReader.Read(queue, reader, faults),
            PaymentGateway = new PaymentGatewaySettings(
                TimeSpan.FromMilliseconds(reader.Count("SHOP_PAYMENT_LATENCY_MS", 0, LongestLatencyMilliseconds) ?? 0),
                reader.Ratio("SHOP_PAYMENT_FAILURE_RATIO") ?? 0)
            {
                InvoiceLatency = TimeSpan.FromMilliseconds(reader.Count("SHOP_INVOICE_LATENCY_MS", 0, LongestLatencyMilliseconds) ?? 0),
            },
            Tracing = TracingSettingsReader.Read(reader),
        };
        return faults.Count == 0 ? settings : throw new InvalidSettingsException(faults);
    }

    private static ImmutableSortedSet<ShopService> ReadServices(string? option, string? variable, bool hasQueue, List<string> faults)
    {
        var (text, place) = option is not null ? (option, "--services") : (variable ?? "all", "SHOP_SERVICES");
        var services = ImmutableSortedSet.CreateBuilder<ShopService>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (string.Equals(name, "all", StringComparison.OrdinalIgnoreCase))
            {
                // Notifications come through a queue: without one there is nothing for that service to do.
                services.UnionWith([ShopService.Orders, ShopService.Inventory, ShopService.Shipping, ShopService.Payments]);
                if (hasQueue)
                {
                    services.Add(ShopService.Notifications);
                }
            }
            else if (ServiceByName(name) is { } service)
            {
                services.Add(service);
            }
            else
            {
                faults.Add($"{place}: \"{name}\" is not a service. Use all, or some of orders, inventory, shipping, payments and notifications with commas between.");
            }
        }

        if (services.Contains(ShopService.Notifications) && !hasQueue)
        {
            faults.Add($"{place}: notifications need a queue. Say which with --queue or SHOP_QUEUE.");
        }

        return services.ToImmutable();
    }

    private static ShopService? ServiceByName(string name) => name.ToUpperInvariant() switch
    {
        "ORDERS" => ShopService.Orders,
        "INVENTORY" => ShopService.Inventory,
        "SHIPPING" => ShopService.Shipping,
        "PAYMENTS" => ShopService.Payments,
        "NOTIFICATIONS" => ShopService.Notifications,
        _ => null,
    };

    private static Uri ReadUrl(string? text, List<string> faults) =>
        ReadHttpUrl(string.IsNullOrWhiteSpace(text) ? DefaultUrl : text, "--urls", faults) ?? new Uri(DefaultUrl);

    private static ImmutableDictionary<ShopService, Uri> ReadAddresses(
        ImmutableSortedSet<ShopService> services,
        IReadOnlyDictionary<string, string> options,
        Func<string, string?> variable,
        List<string> faults)
    {
        var addresses = ImmutableDictionary.CreateBuilder<ShopService, Uri>();
        foreach (var service in (ShopService[])[ShopService.Inventory, ShopService.Shipping, ShopService.Payments])
        {
            var option = $"{service}-url".ToLowerInvariant();
            var environment = $"SHOP_{service}_URL".ToUpperInvariant();
            var text = options.GetValueOrDefault(option) ?? variable(environment);
            if (!string.IsNullOrWhiteSpace(text))
            {
                if (ReadHttpUrl(text, $"--{option} or {environment}", faults) is { } address)
                {
                    addresses.Add(service, address);
                }
            }
            else if (services.Contains(ShopService.Orders) && !services.Contains(service))
            {
                faults.Add($"--services: orders needs {service}, which is not hosted here. Add it to --services, or say where it is with --{option} or {environment}.");
            }
        }

        return addresses.ToImmutable();
    }

    private static string? ReadPostgres(string? text, string? folder, List<string> faults)
    {
        const string Place = "--postgres or SHOP_POSTGRES";
        if (text is null)
        {
            return null;
        }

        if (folder is not null)
        {
            faults.Add($"{Place}: SHOP_DATA names a folder for SQLite as well. Remove one of them.");
        }

        try
        {
            var connection = new NpgsqlConnectionStringBuilder(text);

            // A database that is gone must be noticed before the caller's own limit of 10 s.
            connection.Timeout = Math.Min(connection.Timeout, DatabaseLimitSeconds);
            connection.CommandTimeout = Math.Min(connection.CommandTimeout, DatabaseLimitSeconds);
            return connection.ConnectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The text may hold a password: it is not repeated.
            faults.Add($"{Place}: the value is not a connection string. Write it like Host=127.0.0.1;Port=5432;Username=shop;Database=shop.");
            return null;
        }
    }

    private static Uri? ReadHttpUrl(string text, string place, List<string> faults)
    {
        // Kestrel's wildcards are not host names of a URI; they mean every address of the machine.
        var parsable = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (Uri.TryCreate(parsable, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/")
        {
            return url;
        }

        faults.Add($"{place}: \"{text}\" is not a single http address. Write it like http://127.0.0.1:5080.");
        return null;
    }
}
