using System.Globalization;

namespace PerfLab.Collector.Capture;

/// <summary>Where what is received is sent on to, and how much of it may wait.</summary>
public sealed record ForwardingOptions
{
    /// <summary>Gets the base address of an OTLP/HTTP endpoint, or that of its traces or metrics.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Gets where traces are posted: <see cref="Endpoint"/> with <c>v1/traces</c> at the end of its path, once.</summary>
    public Uri TracesAddress => AddressOf("/v1/traces");

    /// <summary>Gets where metrics are posted, likewise.</summary>
    public Uri MetricsAddress => AddressOf("/v1/metrics");

    /// <summary>Gets headers of every request, such as an API key.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets how many bytes may wait, 1 or more; what comes beyond is lost and counted. Default 64 MiB.</summary>
    public long MaxQueuedBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Gets how often a request is tried, 1 or more. Default 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Gets the wait before the second try, doubled before each further one, unless the endpoint says how long. Default 200 ms.</summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets the limit of one try. Default 10 s, as exporters have it.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long the end waits for what is queued. Default 5 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads options as a user writes them.</summary>
    /// <param name="url">The base address of an OTLP/HTTP endpoint, or that of a signal.</param>
    /// <param name="headers">As in <c>OTEL_EXPORTER_OTLP_HEADERS</c>: <c>name=value</c> pairs with commas between them, percent-encoded; null for none.</param>
    /// <param name="option">The option that holds the address, for messages.</param>
    /// <exception cref="FormatException">One of them cannot be read; the message says what to do, and shows no header's value.</exception>
    public static ForwardingOptions Parse(string url, string? headers, string option = "--forward")
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var endpoint) || endpoint.Host.Length == 0 || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new FormatException($"'{url}' is not an http or https address ({option}). Give the base address of an OTLP/HTTP endpoint, for example http://localhost:4318.");
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw new FormatException($"'{url}' holds a user's name, which is not sent ({option}). Give it as a header: OTEL_EXPORTER_OTLP_HEADERS=\"authorization=Basic%20...\".");
        }

        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var number = 0;
        foreach (var pair in (headers ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Pair {number} has no name and value (OTEL_EXPORTER_OTLP_HEADERS). Write name=value, with commas between pairs."));
            }

            var (name, value) = (Uri.UnescapeDataString(pair[..equals].Trim()), Uri.UnescapeDataString(pair[(equals + 1)..].Trim()));
            if (!CanBeSent(name, value))
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Pair {number} is no header that can be sent (OTEL_EXPORTER_OTLP_HEADERS). Write name=value: a name of letters, digits and hyphens, a value in one line, and none of the body's own headers."));
            }

            read[name] = value;
        }

        return new ForwardingOptions { Endpoint = endpoint, Headers = read };
    }

    private Uri AddressOf(string signal)
    {
        var path = Endpoint.AbsolutePath.TrimEnd('/');
        return new UriBuilder(Endpoint) { Path = path.EndsWith(signal, StringComparison.Ordinal) ? path : path + signal }.Uri;
    }

    // Headers of the body are refused here too: those of a request cannot hold them.
    private static bool CanBeSent(string name, string value)
    {
        using var request = new HttpRequestMessage();
        return !value.Any(char.IsControl) && request.Headers.TryAddWithoutValidation(name, value);
    }
}
