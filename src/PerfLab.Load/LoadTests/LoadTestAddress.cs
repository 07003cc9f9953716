namespace PerfLab.Load.LoadTests;

/// <summary>The address of a load test, taken apart without touching its placeholders.</summary>
/// <param name="Url">As it was given.</param>
/// <param name="Base">Scheme, host and port.</param>
/// <param name="Path">Path and query, at least <c>/</c>.</param>
public sealed record LoadTestAddress(string Url, Uri Base, string Path)
{
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
