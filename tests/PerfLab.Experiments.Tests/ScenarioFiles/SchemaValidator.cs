using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>As much of JSON Schema 2020-12 as <c>scenario.schema.json</c> uses; any other keyword is an error.</summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$defs", "title", "description", "default"];

    public bool Accepts(JsonNode? value) => Accepts(root, value);

    public JsonObject Resolve(JsonObject schema)
    {
        if (schema["$ref"] is not { } reference)
        {
            return schema;
        }

        JsonNode node = root;
        foreach (var step in reference.GetValue<string>().Split('/').Skip(1))
        {
            node = node[step] ?? throw new KeyNotFoundException($"{reference} leads nowhere.");
        }

        return node.AsObject();
    }

    private bool Accepts(JsonNode schema, JsonNode? value) =>
        schema.AsObject().All(keyword => Annotations.Contains(keyword.Key) || Accepts(keyword.Key, keyword.Value!, schema, value));

    private bool Accepts(string keyword, JsonNode rule, JsonNode schema, JsonNode? value) => keyword switch
    {
        "$ref" => Accepts(Resolve(schema.AsObject()), value),
        "type" => Types(rule).Any(type => IsOfType(type, value)),
        "enum" => rule.AsArray().Any(item => JsonNode.DeepEquals(item, value)),
        "const" => JsonNode.DeepEquals(rule, value),
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, rule.GetValue<string>(), RegexOptions.ECMAScript, TimeSpan.FromSeconds(5)),
        "minLength" => Text(value) is not { } text || text.Length >= rule.GetValue<int>(),
        "maxLength" => Text(value) is not { } text || text.Length <= rule.GetValue<int>(),
        "minimum" => Number(value) is not { } number || number >= Number(rule),
        "maximum" => Number(value) is not { } number || number <= Number(rule),
        "minItems" => value is not JsonArray list || list.Count >= rule.GetValue<int>(),
        "maxItems" => value is not JsonArray list || list.Count <= rule.GetValue<int>(),
        "uniqueItems" => !rule.GetValue<bool>() || value is not JsonArray list || list.Select(item => item?.ToJsonString()).Distinct(StringComparer.Ordinal).Count() == list.Count,
        "items" => value is not JsonArray list || list.All(item => Accepts(rule, item)),
        "required" => value is not JsonObject map || rule.AsArray().All(key => map.ContainsKey(key!.GetValue<string>())),
        "properties" => value is not JsonObject map || rule.AsObject().All(property => !map.ContainsKey(property.Key) || Accepts(property.Value!, map[property.Key])),
        "additionalProperties" => value is not JsonObject map || Others(schema, map).All(entry => rule is JsonObject && Accepts(rule, entry.Value)),
        "propertyNames" => value is not JsonObject map || map.All(entry => Accepts(rule, JsonValue.Create(entry.Key))),
        "oneOf" => rule.AsArray().Count(option => Accepts(option!, value)) == 1,
        "anyOf" => rule.AsArray().Any(option => Accepts(option!, value)),
        "not" => !Accepts(rule, value),
        _ => throw new NotSupportedException($"The keyword {keyword} is not known to this validator. Add it, with its tests."),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Others(JsonNode schema, JsonObject map) =>
        map.Where(entry => schema["properties"]?.AsObject().ContainsKey(entry.Key) != true);

    private static IEnumerable<string> Types(JsonNode rule) =>
        rule is JsonArray several ? several.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()];

    private static bool IsOfType(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == decimal.Truncate(number),
        _ => throw new NotSupportedException($"The type {type} is not known to this validator."),
    };

    private static string? Text(JsonNode? value) => value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : null;

    private static decimal? Number(JsonNode? value) =>
        value is JsonValue scalar && scalar.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? decimal.Parse(scalar.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;
}
