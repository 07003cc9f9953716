using System.Text.Json;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Reads HTTP archives that browsers and proxies record (HAR 1.2).</summary>
public static class HarFile
{
    /// <summary>Reads the requests to one service; what was sent several times gets a higher weight.</summary>
    /// <param name="json">The archive.</param>
    /// <param name="service">The service: requests to its host and port, or where there are none to the host that was called most.</param>
    /// <exception cref="FormatException">It is no archive, or has no request.</exception>
    public static IReadOnlyList<RequestDefinition> Read(string json, Uri service)
    {
        ArgumentNullException.ThrowIfNull(service);
        try
        {
            using var document = JsonDocument.Parse(json);
            var entries = document.RootElement.GetProperty("log").GetProperty("entries").EnumerateArray()
                .Select(entry => (Entry: entry, Address: new Uri(entry.GetProperty("request").GetProperty("url").GetString() ?? string.Empty, UriKind.Absolute)))
                .Where(entry => entry.Address.Scheme is "http" or "https")
                .ToLookup(entry => entry.Address.Authority, StringComparer.OrdinalIgnoreCase);
            var host = entries.Contains(service.Authority) ? service.Authority : entries.MaxBy(group => group.Count())?.Key ?? throw new FormatException("there is no request in it.");
            var requests = new ImportedRequests();
            foreach (var (entry, address) in entries[host])
            {
                Add(entry, address, requests);
            }

            return requests.All;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException)
        {
            throw new FormatException($"it is not an HTTP archive: {error.Message}", error);
        }
    }

    private static void Add(JsonElement entry, Uri address, ImportedRequests requests)
    {
        var request = entry.GetProperty("request");
        var body = request.TryGetProperty("postData", out var data) && data.TryGetProperty("text", out var text) ? text.GetString() : null;
        var status = entry.TryGetProperty("response", out var response) && response.TryGetProperty("status", out var number) && number.TryGetInt32(out var seen) ? seen : 0;
        var headers = request.TryGetProperty("headers", out var list)
            ? list.EnumerateArray().Select(header => KeyValuePair.Create(header.GetProperty("name").GetString() ?? string.Empty, header.GetProperty("value").GetString() ?? string.Empty))
            : [];

        // 304 answers a browser that has it already; the service will be asked as a new one.
        requests.Add(request.GetProperty("method").GetString() ?? "GET", address.PathAndQuery, headers.Where(header => !header.Key.StartsWith("If-", StringComparison.OrdinalIgnoreCase)), body, status is >= 200 and <= 599 and not 304 ? status : null);
    }
}
