using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Reads OpenAPI 3 documents in JSON: the operations whose parameters and bodies have values that the document gives.</summary>
public static class OpenApiDocument
{
    private const int MostReferences = 16;
    private const string Json = "application/json";
    private static readonly string[] s_methods = ["get", "head", "post", "put", "patch", "delete", "options"];

    /// <summary>Reads the document.</summary>
    /// <param name="json">The document.</param>
    /// <returns>The requests, and the operations that were left out because a value for them is nowhere in the document.</returns>
    /// <exception cref="FormatException">It is no such document, or no operation can be called.</exception>
    public static (IReadOnlyList<RequestDefinition> Requests, IReadOnlyList<string> LeftOut) Read(string json)
    {
        try
        {
            var document = JsonNode.Parse(json) as JsonObject;
            if (document?["openapi"] is null || document["paths"] is not JsonObject paths)
            {
                throw new FormatException("it is not an OpenAPI 3 document in JSON (members openapi and paths).");
            }

            var requests = new ImportedRequests();
            var leftOut = new List<string>();
            var prefix = BasePath(document);
            var operations =
                from entry in paths
                let item = entry.Value as JsonObject
                from method in s_methods
                let operation = item?[method] as JsonObject
                where operation is not null
                select (Path: entry.Key, Item: item, Method: method, Operation: operation);
            foreach (var (path, item, method, operation) in operations)
            {
                if (!TryAdd(document, item, operation, method, prefix + path, requests))
                {
                    leftOut.Add($"{method.ToUpperInvariant()} {path}");
                }
            }

            return requests.All.Count > 0 ? (requests.All, leftOut) : throw new FormatException($"no operation in it can be called: examples are missing for {string.Join(", ", leftOut)}.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"it is not an OpenAPI 3 document in JSON: {error.Message}", error);
        }
    }

    private static string BasePath(JsonObject document)
    {
        var url = (document["servers"] as JsonArray)?.FirstOrDefault()?["url"]?.GetValue<string>() ?? "/";
        return (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsolutePath : url).TrimEnd('/');
    }

    private static bool TryAdd(JsonObject document, JsonObject item, JsonObject operation, string method, string path, ImportedRequests requests)
    {
        var query = new List<string>();
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var parameter in Parameters(document, item).Concat(Parameters(document, operation)))
        {
            var name = parameter["name"]?.GetValue<string>() ?? string.Empty;
            var place = parameter["in"]?.GetValue<string>();
            var isRequired = place == "path" || parameter["required"]?.GetValue<bool>() == true;
            var value = ExampleOf(parameter) ?? (isRequired ? ValueOf(document, parameter["schema"]) : null);
            if (value is null && isRequired)
            {
                return false;
            }

            if (place == "path")
            {
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(TextOf(value!)), StringComparison.Ordinal);
            }
            else if (value is not null && place == "query")
            {
                query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(TextOf(value))}");
            }
            else if (value is not null && place == "header")
            {
                headers.Add(KeyValuePair.Create(name, TextOf(value)));
            }
        }

        var (body, isComplete) = BodyOf(document, operation);
        if (!isComplete)
        {
            return false;
        }

        if (body is not null)
        {
            headers.Add(KeyValuePair.Create("Content-Type", Json));
        }

        requests.Add(method, query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", headers, body, StatusOf(operation), operation["operationId"]?.GetValue<string>());
        return true;
    }

    private static IEnumerable<JsonObject> Parameters(JsonObject document, JsonObject owner) =>
        (owner["parameters"] as JsonArray ?? []).Select(parameter => Resolve(document, parameter)).OfType<JsonObject>();

    private static (string? Body, bool IsComplete) BodyOf(JsonObject document, JsonObject operation)
    {
        if (Resolve(document, operation["requestBody"]) is not { } definition)
        {
            return (null, true);
        }

        var media = definition["content"]?[Json];
        return (media is JsonObject content ? ExampleOf(content) ?? ValueOf(document, content["schema"]) : null) is { } value
            ? (value.ToJsonString(), true)
            : (null, definition["required"]?.GetValue<bool>() != true);
    }

    private static int? StatusOf(JsonObject operation) => (operation["responses"] as JsonObject ?? [])
        .Select(response => int.TryParse(response.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0)
        .Where(status => status is >= 200 and < 300)
        .Select(status => (int?)status)
        .FirstOrDefault();

    private static JsonNode? ExampleOf(JsonObject owner) => owner["example"] ?? (owner["examples"] as JsonObject)?.FirstOrDefault().Value?["value"];

    // Of a schema what it says itself; a number and a flag may be any, a text may not.
    private static JsonNode? ValueOf(JsonObject document, JsonNode? schema, int depth = 0)
    {
        if (depth > MostReferences || Resolve(document, schema) is not { } definition)
        {
            return null;
        }

        var known = definition["example"] ?? (definition["examples"] as JsonArray)?.FirstOrDefault() ?? definition["default"] ?? (definition["enum"] as JsonArray)?.FirstOrDefault();
        return known ?? TypeOf(definition) switch
        {
            "integer" or "number" => definition["minimum"] ?? JsonValue.Create(1),
            "boolean" => JsonValue.Create(true),
            "object" => ObjectOf(document, definition, depth),
            "array" => ValueOf(document, definition["items"], depth + 1) is { } item ? new JsonArray(item.DeepClone()) : null,
            _ => null,
        };
    }

    // OpenAPI 3.1 writes several types as a list.
    private static string? TypeOf(JsonObject definition) => definition["type"] switch
    {
        JsonArray types => types.Select(type => type?.GetValue<string>()).FirstOrDefault(type => type != "null"),
        var type => type?.GetValue<string>(),
    };

    private static JsonObject? ObjectOf(JsonObject document, JsonObject definition, int depth)
    {
        var required = (definition["required"] as JsonArray ?? []).Select(name => name?.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var result = new JsonObject();
        foreach (var (name, property) in definition["properties"] as JsonObject ?? [])
        {
            var value = ValueOf(document, property, depth + 1);
            if (value is null && required.Contains(name))
            {
                return null;
            }

            if (value is not null)
            {
                result[name] = value.DeepClone();
            }
        }

        return result;
    }

    private static JsonObject? Resolve(JsonObject document, JsonNode? node)
    {
        for (var step = 0; step < MostReferences && node?["$ref"]?.GetValue<string>() is { } reference; step++)
        {
            node = reference.StartsWith("#/", StringComparison.Ordinal)
                ? reference[2..].Split('/').Aggregate((JsonNode?)document, (at, part) => at?[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)])
                : null;
        }

        return node as JsonObject;
    }

    private static string TextOf(JsonNode value) => value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value.ToJsonString();
}
