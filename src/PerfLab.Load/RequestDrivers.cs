using System.Net;
using System.Net.Sockets;
using PerfLab.Load.Http;
using PerfLab.Load.Sockets;
using PerfLab.Load.Timing;

namespace PerfLab.Load;

/// <summary>Makes drivers.</summary>
public static class RequestDrivers
{
    /// <summary>Makes the driver that fits; nothing is connected yet.</summary>
    /// <param name="baseAddress">Scheme, host and port of the target.</param>
    /// <param name="mix">What is asked for.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or sockets were demanded where they do not fit.</exception>
    /// <exception cref="SocketException">The name of the host is not known.</exception>
    public static IRequestDriver Create(Uri baseAddress, RequestMix mix, DriverOptions options)
    {
        DriverOptionRules.Check(options);
        return Choose(baseAddress, options) == DriverKind.Sockets
            ? new SocketDriver(mix, options, SettingsFor(baseAddress, options))
            : new HttpClientDriver(baseAddress, mix, options);
    }

    /// <summary>Says which driver <see cref="Create"/> would make: never <see cref="DriverKind.Auto"/>.</summary>
    /// <param name="baseAddress">Scheme, host and port of the target.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">Sockets were demanded where they do not fit.</exception>
    public static DriverKind Choose(Uri baseAddress, DriverOptions options)
    {
        var fits = OperatingSystem.IsLinux() && baseAddress.Scheme == "http" && options.HttpVersion == HttpVersion.Version11;
        if (options.Kind == DriverKind.Sockets && !fits)
        {
            throw new ArgumentException(
                $"The driver 'sockets' cannot serve {baseAddress}: it needs Linux, http and version 1.1. Use the driver 'httpclient' or leave the choice open.",
                nameof(options));
        }

        return fits && options.Kind != DriverKind.HttpClient ? DriverKind.Sockets : DriverKind.HttpClient;
    }

    private static EngineSettings SettingsFor(Uri baseAddress, DriverOptions options) => new()
    {
        Addresses = [.. Resolve(baseAddress).Select(address => new Linux.SocketAddress(new IPEndPoint(address, baseAddress.Port)))],
        Limits = new ResponseLimits(options.MaxResponseLineBytes, options.MaxResponseHeaderBytes, options.MaxResponseBodyBytes),
        ConnectTimeoutNanoseconds = MonotonicClock.ToNanoseconds(options.ConnectTimeout),
        RequestTimeoutNanoseconds = MonotonicClock.ToNanoseconds(options.RequestTimeout),
    };

    // IPv4 first: most servers that listen on "localhost" listen there; the other is tried when it is refused.
    private static IEnumerable<IPAddress> Resolve(Uri baseAddress) =>
        Dns.GetHostAddresses(baseAddress.DnsSafeHost).OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1);
}
