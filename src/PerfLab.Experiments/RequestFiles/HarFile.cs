using System.Text.Json;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Reads HTTP archives that browsers and proxies record (HAR 1.2).</summary>
public static class HarFile
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const int NotModified = 304;

    /// <summary>Reads the requests to one service; what was sent several times gets a higher weight.</summary>
    /// <param name="json">The archive.</param>
    /// <param name="service">The service: requests to its host and port, or where there are none to the host that was called most.</param>
    /// <returns>The requests, and the host to which they went where it is not that of the service.</returns>
    /// <exception cref="FormatException">It is no archive, has no request, or one cannot be read.</exception>
    public static (IReadOnlyList<RequestDefinition> Requests, string? OtherHost) Read(string json, Uri service)
    {
        ArgumentNullException.ThrowIfNull(service);
        try
        {
            using var document = JsonDocument.Parse(json);
            var entries = document.RootElement.GetProperty("log").GetProperty("entries").EnumerateArray()
                .Where(entry => StatusOf(entry) != 0)
                .Select(entry => (Entry: entry, Address: new Uri(entry.GetProperty("request").GetProperty("url").GetString() ?? string.Empty, UriKind.Absolute)))
                .Where(entry => entry.Address.Scheme is "http" or "https")
                .ToLookup(entry => HostOf(entry.Address), StringComparer.OrdinalIgnoreCase);
            var isService = entries.Contains(HostOf(service));
            var host = isService ? HostOf(service) : entries.MaxBy(group => group.Count())?.Key ?? throw new FormatException("there is no request in it that was answered.");
            var requests = new ImportedRequests();
            foreach (var (entry, address) in entries[host])
            {
                Add(entry, address, requests);
            }

            return (requests.All, isService ? null : host);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException)
        {
            throw new FormatException($"it is not an HTTP archive: {error.Message}", error);
        }
    }

    // All names of this machine are one.
    private static string HostOf(Uri address) => !address.IsLoopback ? address.Authority : address.IsDefaultPort ? "localhost" : $"localhost:{address.Port}";

    // Null where the archive does not say; 0 is a request that was cancelled.
    private static int? StatusOf(JsonElement entry) =>
        entry.TryGetProperty("response", out var response) && response.TryGetProperty("status", out var number) && number.TryGetInt32(out var status) ? status : null;

    private static void Add(JsonElement entry, Uri address, ImportedRequests requests)
    {
        var request = entry.GetProperty("request");
        var method = request.GetProperty("method").GetString() ?? "GET";
        var headers = request.TryGetProperty("headers", out var list)
            ? list.EnumerateArray().Select(header => KeyValuePair.Create(header.GetProperty("name").GetString() ?? string.Empty, header.GetProperty("value").GetString() ?? string.Empty)).ToList()
            : [];
        string? body = null;
        if (request.TryGetProperty("postData", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            var type = data.TryGetProperty("mimeType", out var mime) ? mime.GetString() ?? string.Empty : string.Empty;
            body = BodyOf(data, type, $"{method} {address.AbsolutePath}");
            if (body is not null && type.Length > 0 && !headers.Exists(header => string.Equals(header.Key, "Content-Type", StringComparison.OrdinalIgnoreCase)))
            {
                headers.Add(KeyValuePair.Create("Content-Type", type));
            }
        }

        // A browser that has it already is answered with 304.
        StatusExpectation? expected = StatusOf(entry) is >= 200 and <= 599 and not NotModified and var status ? status : null;
        requests.Add(method, address.PathAndQuery, headers, body, expected);
    }

    private static string? BodyOf(JsonElement data, string type, string request)
    {
        var text = data.TryGetProperty("text", out var member) ? member.GetString() : null;
        if (!string.IsNullOrEmpty(text) || !data.TryGetProperty("params", out var list) || list.GetArrayLength() == 0)
        {
            return text;
        }

        return type.StartsWith(FormType, StringComparison.OrdinalIgnoreCase)
            ? string.Join('&', list.EnumerateArray().Select(each => $"{Encoded(each, "name")}={Encoded(each, "value")}"))
            : throw new FormatException($"the body of {request} is {type} and stands in it in parts only. Remove the request, or record it with its text.");
    }

    private static string Encoded(JsonElement parameter, string member) =>
        parameter.TryGetProperty(member, out var value) ? Uri.EscapeDataString(value.GetString() ?? string.Empty) : string.Empty;
}
