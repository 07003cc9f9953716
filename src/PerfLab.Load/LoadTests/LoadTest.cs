using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Load.Feeds;
using PerfLab.Load.Http;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.LoadTests;

/// <summary>One load on one address, completely described.</summary>
public sealed record LoadTest
{
    /// <summary>Gets where the requests go.</summary>
    public required LoadTestAddress Address { get; init; }

    /// <summary>Gets the requests, at least one, each with a name of its own.</summary>
    public required IReadOnlyList<RequestDefinition> Requests { get; init; }

    /// <summary>Gets the body in bytes of those whose method has one, by <see cref="HasBody"/>; null for that of each request.</summary>
    public RequestBody? Body { get; init; }

    /// <summary>Gets what every answer must fulfil beyond its status; null for nothing.</summary>
    public required ResponseCheck? Check { get; init; }

    /// <summary>Gets the feeds that fill placeholders; with none, a placeholder is a fault.</summary>
    public required IReadOnlyList<DataFeed> Feeds { get; init; }

    /// <summary>Gets whether a load that needs more rows than a feed has is refused; otherwise rows are used again, which is a finding.</summary>
    public bool UsesRowsOnce { get; init; }

    /// <summary>Gets the load, in order.</summary>
    public required IReadOnlyList<LoadSimulation> Simulations { get; init; }

    /// <summary>Gets how long the first kind of load is made before the measuring; zero for not at all.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Gets the seed of arrivals, of the order of requests and of feeds.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets how connections and responses are treated. Its receiver of progress is not used.</summary>
    public required DriverOptions Options { get; init; }

    /// <summary>Says whether <see cref="Body"/> is sent with a request: with every one that is alone, else with those of POST, PUT and PATCH.</summary>
    /// <param name="request">One of <see cref="Requests"/>.</param>
    public bool HasBody(RequestDefinition request) => Body is not null && (Requests.Count == 1 || request.Method is "POST" or "PUT" or "PATCH");

    /// <summary>Gets the processors of the generating thread; null leaves it anywhere.</summary>
    public required IReadOnlyList<int>? Cores { get; init; }
}

/// <summary>The address of a load test, taken apart without touching its placeholders.</summary>
/// <param name="Url">As it was given.</param>
/// <param name="Base">Scheme, host and port.</param>
/// <param name="Path">Path and query, at least <c>/</c>.</param>
public sealed record LoadTestAddress(string Url, Uri Base, string Path)
{
    // RFC 1035, section 2.3.4.
    private const int LongestHost = 255;

    /// <summary>Reads an address.</summary>
    /// <param name="url">For example <c>http://127.0.0.1:5000/orders/{{id}}?full=true</c>.</param>
    /// <exception cref="FormatException">It is something else; the message says what would be right.</exception>
    public static LoadTestAddress Parse(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var authority = scheme + "://".Length;
        var end = scheme < 0 ? -1 : url.AsSpan(authority).IndexOfAny("/?#");
        var path = end < 0 ? "" : url[(authority + end)..];
        if (scheme < 0
            || !Uri.TryCreate(path.Length > 0 ? url[..^path.Length] : url, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address.Host.Length == 0)
        {
            throw new FormatException($"'{url}' is not an address of a service (URL). Write http://HOST:PORT/PATH or https://HOST:PORT/PATH.");
        }

        if (address.IdnHost.Length > LongestHost)
        {
            throw new FormatException($"The host of the address has {address.IdnHost.Length} characters, and no name of a host has more than {LongestHost} (URL). Correct it.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw new FormatException($"'{url}' holds a user's name (URL). Give it as a header: --header \"Authorization: Basic ...\".");
        }

        if (path.Contains('#', StringComparison.Ordinal))
        {
            throw new FormatException($"'{url}' holds a fragment, which is never sent (URL). Leave out what begins with #, or write it as %23.");
        }

        return new LoadTestAddress(url, address, path.StartsWith('/') ? path : "/" + path);
    }
}
