using System.Collections.Immutable;
using Shop.Handicaps;
using Shop.Tracing;
using Shop.Variables;

namespace Shop.Settings;

/// <summary>Turns arguments and environment into <see cref="ShopSettings"/>, reporting every fault in one message.</summary>
internal static class ShopSettingsReader
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

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

        var services = ReadServices(options.GetValueOrDefault("services"), variable("SHOP_SERVICES"), faults);
        var settings = new ShopSettings
        {
            Services = services,
            Url = ReadUrl(options.GetValueOrDefault("urls") ?? variable("urls"), faults),
            Addresses = ReadAddresses(services, options, variable, faults),
            Handicaps = HandicapSettingsReader.Read(variable, faults),
            DataFolder = reader.Text("SHOP_DATA"),
            ReservesStock = reader.Flag("SHOP_RESERVE_STOCK") ?? false,
            Gateway = new GatewaySettings(
                TimeSpan.FromMilliseconds(reader.Count("SHOP_PAYMENT_LATENCY_MS", 0, LongestLatencyMilliseconds) ?? 0),
                reader.Ratio("SHOP_PAYMENT_FAILURE_RATIO") ?? 0),
            Tracing = TracingSettingsReader.Read(reader),
        };
        return faults.Count == 0 ? settings : throw new InvalidSettingsException(faults);
    }

    private static ImmutableSortedSet<ShopService> ReadServices(string? option, string? variable, List<string> faults)
    {
        var (text, place) = option is not null ? (option, "--services") : (variable ?? "all", "SHOP_SERVICES");
        var services = ImmutableSortedSet.CreateBuilder<ShopService>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (string.Equals(name, "all", StringComparison.OrdinalIgnoreCase))
            {
                services.UnionWith([ShopService.Orders, ShopService.Inventory, ShopService.Shipping, ShopService.Payments]);
            }
            else if (ServiceByName(name) is { } service)
            {
                services.Add(service);
            }
            else
            {
                faults.Add($"{place}: \"{name}\" is not a service. Use all, or some of orders, inventory, shipping and payments with commas between.");
            }
        }

        return services.ToImmutable();
    }

    private static ShopService? ServiceByName(string name) => name.ToUpperInvariant() switch
    {
        "ORDERS" => ShopService.Orders,
        "INVENTORY" => ShopService.Inventory,
        "SHIPPING" => ShopService.Shipping,
        "PAYMENTS" => ShopService.Payments,
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
