using System.Text.Json;
using System.Text.Json.Nodes;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Reads OpenAPI 3 documents in JSON: the operations whose parameters and bodies have values that the document gives.</summary>
public static class OpenApiDocument
{
    private const string Json = "application/json";
    private static readonly string[] s_methods = ["get", "head", "post", "put", "patch", "delete", "options"];

    // Parameters with these names have no meaning (OpenAPI 3.1, section 4.8.12.1).
    private static readonly string[] s_notParameters = ["Accept", "Content-Type", "Authorization"];

    /// <summary>Reads the document.</summary>
    /// <param name="json">The document.</param>
    /// <returns>The requests, and the operations that were left out, each with its reason: a value for them is nowhere in the document.</returns>
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
            var values = new OpenApiValues(document);
            var operations =
                from entry in paths
                let item = values.Resolve(entry.Value)
                from method in s_methods
                let definition = item?[method] as JsonObject
                where definition is not null
                select (Path: entry.Key, Method: method, Operation: new Operation(values, item, definition, BasePath(definition["servers"] ?? item["servers"] ?? document["servers"]) + entry.Key));
            foreach (var (path, method, operation) in operations)
            {
                if (operation.FaultOf() is { } reason)
                {
                    leftOut.Add($"{method.ToUpperInvariant()} {path} ({reason})");
                }
                else
                {
                    operation.AddTo(requests, method);
                }
            }

            return requests.All.Count > 0 ? (requests.All, leftOut) : throw new FormatException($"no operation in it can be called: {string.Join(", ", leftOut)}.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"it is not an OpenAPI 3 document in JSON: {error.Message}", error);
        }
    }

    private static string BasePath(JsonNode? servers)
    {
        var server = (servers as JsonArray)?.FirstOrDefault();
        var url = (server?["variables"] as JsonObject ?? []).Aggregate(
            server?["url"]?.GetValue<string>() ?? "/",
            (text, variable) => variable.Value?["default"]?.GetValue<string>() is { } value ? text.Replace($"{{{variable.Key}}}", value, StringComparison.Ordinal) : text);
        var path = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsolutePath : url;
        return path.Contains('{', StringComparison.Ordinal) ? throw new FormatException($"the address of the server, {url}, has a variable without a default.") : $"/{path.TrimStart('.', '/')}".TrimEnd('/');
    }

    /// <summary>One operation with what is sent to it.</summary>
    private sealed class Operation
    {
        private readonly List<string> _query = [];
        private readonly List<KeyValuePair<string, string>> _headers = [];
        private readonly JsonObject _definition;
        private readonly string? _fault;
        private string _path;
        private string? _body;

        public Operation(OpenApiValues values, JsonObject item, JsonObject definition, string path)
        {
            (_definition, _path) = (definition, path);
            _fault = Parameters(values, item, definition).Select(parameter => Take(values, parameter)).FirstOrDefault(fault => fault is not null) ?? TakeBody(values);
        }

        public string? FaultOf() => _fault ?? (_path.Contains('{', StringComparison.Ordinal) ? "a parameter of its path is not described" : null);

        public void AddTo(ImportedRequests requests, string method) =>
            requests.Add(method, _query.Count == 0 ? _path : $"{_path}?{string.Join('&', _query)}", _headers, _body, StatusOf(_definition), _definition["operationId"]?.GetValue<string>());

        // One of an operation replaces that of its path with the same name and place.
        private static IEnumerable<JsonObject> Parameters(OpenApiValues values, JsonObject item, JsonObject definition)
        {
            var own = All(definition).ToArray();
            return All(item).Where(parameter => !own.Any(each => KeyOf(each) == KeyOf(parameter))).Concat(own);

            IEnumerable<JsonObject> All(JsonObject owner) => (owner["parameters"] as JsonArray ?? []).Select(values.Resolve).OfType<JsonObject>();
        }

        private static (string Name, string? Place) KeyOf(JsonObject parameter) => (parameter["name"]?.GetValue<string>() ?? string.Empty, parameter["in"]?.GetValue<string>());

        private string? Take(OpenApiValues values, JsonObject parameter)
        {
            var (name, place) = KeyOf(parameter);
            var isRequired = place == "path" || parameter["required"]?.GetValue<bool>() == true;
            var value = values.ExampleOf(parameter) ?? (isRequired ? values.ValueOf(parameter["schema"]) : null);
            if (value is null)
            {
                return isRequired ? $"no value for its parameter {name}" : null;
            }

            switch (place)
            {
                case "path":
                    _path = _path.Replace($"{{{name}}}", Uri.EscapeDataString(TextOf(value)), StringComparison.Ordinal);
                    break;
                case "query":
                    _query.AddRange(QueryOf(parameter, name, value));
                    break;
                case "header" when !s_notParameters.Contains(name, StringComparer.OrdinalIgnoreCase):
                    _headers.Add(KeyValuePair.Create(name, TextOf(value)));
                    break;
                case "cookie":
                    _headers.Add(KeyValuePair.Create("Cookie", $"{name}={TextOf(value)}"));
                    break;
            }

            return null;
        }

        // Styles form and deepObject (OpenAPI 3.1, section 4.8.12.2): each item of a list is a parameter of its own, unless told otherwise.
        private static IEnumerable<string> QueryOf(JsonObject parameter, string name, JsonNode value)
        {
            var isDeep = parameter["style"]?.GetValue<string>() == "deepObject";
            var isExploded = isDeep || parameter["explode"]?.GetValue<bool>() != false;
            return value switch
            {
                JsonArray items when isExploded => items.OfType<JsonNode>().Select(item => Pair(name, item)),
                JsonObject members when isExploded => members.Where(member => member.Value is not null).Select(member => Pair(isDeep ? $"{name}[{member.Key}]" : member.Key, member.Value!)),
                _ => [Pair(name, value)],
            };

            static string Pair(string name, JsonNode value) => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(TextOf(value))}";
        }

        private string? TakeBody(OpenApiValues values)
        {
            if (values.Resolve(_definition["requestBody"])?["content"] is not JsonObject { Count: > 0 } content)
            {
                return null;
            }

            var type = content.Select(media => media.Key).FirstOrDefault(key => key.StartsWith(Json, StringComparison.OrdinalIgnoreCase) || (key.EndsWith("+json", StringComparison.OrdinalIgnoreCase) && !key.Contains('*', StringComparison.Ordinal)));
            if (type is null || content[type] is not JsonObject media)
            {
                return $"its body is {content.First().Key}";
            }

            _body = (values.ExampleOf(media) ?? values.ValueOf(media["schema"]))?.ToJsonString();
            _headers.Add(KeyValuePair.Create("Content-Type", type));
            return _body is null ? "no value for its body" : null;
        }

        // All of them may be the answer to what is sent.
        private static StatusExpectation? StatusOf(JsonObject definition) => StatusExpectation.TryParse(
            string.Join(',', (definition["responses"] as JsonObject ?? [])
                .Select(response => response.Key.Replace('X', 'x'))
                .Where(status => status.StartsWith('2') && StatusExpectation.TryParse(status, out _))),
            out var expected)
            ? expected
            : null;

        private static string TextOf(JsonNode value) => value switch
        {
            JsonArray items => string.Join(',', items.OfType<JsonNode>().Select(TextOf)),
            JsonValue text when text.TryGetValue<string>(out var plain) => plain,
            _ => value.ToJsonString(),
        };
    }
}
