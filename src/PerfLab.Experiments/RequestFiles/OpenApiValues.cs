using System.Text.Json.Nodes;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Finds the values that an OpenAPI document gives, or allows, for its parameters and bodies.</summary>
/// <param name="document">The document.</param>
internal sealed class OpenApiValues(JsonObject document)
{
    private const int MostReferences = 16;

    // Schemas that refer to each other in many ways would be gone through without an end.
    private const int MostSchemas = 2_000;

    private readonly HashSet<JsonObject> _open = [];
    private int _schemas;

    /// <summary>Follows references within the document; null where there is no object at their end.</summary>
    public JsonObject? Resolve(JsonNode? node)
    {
        for (var step = 0; step < MostReferences && (node as JsonObject)?["$ref"]?.GetValue<string>() is { } reference; step++)
        {
            node = reference.StartsWith("#/", StringComparison.Ordinal) ? reference[2..].Split('/').Aggregate((JsonNode?)document, Member) : null;
        }

        return node as JsonObject;
    }

    /// <summary>Gets the example of a parameter or a media type; null where there is none.</summary>
    public JsonNode? ExampleOf(JsonObject owner) =>
        owner["example"] ?? (owner["examples"] as JsonObject ?? []).Select(example => Resolve(example.Value)?["value"]).FirstOrDefault(value => value is not null);

    /// <summary>Gets a value that a schema names, or allows without a doubt: a number and a flag may be any, a text may not.</summary>
    public JsonNode? ValueOf(JsonNode? schema)
    {
        _schemas = 0;
        return ValueIn(schema);
    }

    private static JsonNode? Member(JsonNode? node, string part)
    {
        var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        return node switch
        {
            JsonObject members => members[name],
            JsonArray items when int.TryParse(name, out var index) && index >= 0 && index < items.Count => items[index],
            _ => null,
        };
    }

    private JsonNode? ValueIn(JsonNode? schema)
    {
        if (Resolve(schema) is not { } definition || ++_schemas > MostSchemas || !_open.Add(definition))
        {
            return null;
        }

        try
        {
            return NamedBy(definition) ?? MadeOf(definition);
        }
        finally
        {
            _open.Remove(definition);
        }
    }

    private static JsonNode? NamedBy(JsonObject definition) =>
        definition["example"] ?? (definition["examples"] as JsonArray)?.FirstOrDefault() ?? definition["default"] ?? definition["const"] ?? (definition["enum"] as JsonArray)?.FirstOrDefault();

    private JsonNode? MadeOf(JsonObject definition)
    {
        if (definition["allOf"] is JsonArray)
        {
            return ValueIn(Merge(definition, depth: 0));
        }

        if ((definition["oneOf"] ?? definition["anyOf"]) is JsonArray choices)
        {
            return choices.Select(ValueIn).FirstOrDefault(value => value is not null);
        }

        return TypeOf(definition) switch
        {
            "integer" or "number" => definition["minimum"] ?? JsonValue.Create(1),
            "boolean" => JsonValue.Create(true),
            "object" => ObjectOf(definition),
            "array" => ValueIn(definition["items"]) is { } item ? new JsonArray(item.DeepClone()) : null,
            _ => null,
        };
    }

    // OpenAPI 3.1 writes several types as a list.
    private static string? TypeOf(JsonObject definition) => definition["type"] switch
    {
        JsonArray types => types.Select(type => type?.GetValue<string>()).FirstOrDefault(type => type != "null"),
        null => definition["properties"] is JsonObject ? "object" : null,
        var type => type.GetValue<string>(),
    };

    private JsonObject? ObjectOf(JsonObject definition)
    {
        var missing = (definition["required"] as JsonArray ?? []).Select(name => name?.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var result = new JsonObject();
        foreach (var (name, property) in definition["properties"] as JsonObject ?? [])
        {
            // What only an answer has is not sent, even if it is required.
            if (Resolve(property)?["readOnly"]?.GetValue<bool>() == true)
            {
                missing.Remove(name);
            }
            else if (ValueIn(property) is { } value)
            {
                missing.Remove(name);
                result[name] = value.DeepClone();
            }
        }

        return missing.Count == 0 ? result : null;
    }

    // One schema with the properties of all parts; the example of a part gives values for its properties only.
    private JsonObject Merge(JsonObject definition, int depth)
    {
        var merged = new JsonObject(definition.Where(member => member.Key != "allOf").Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        var parts = depth > MostReferences ? [] : (definition["allOf"] as JsonArray ?? []).Select(Resolve).OfType<JsonObject>().ToArray();
        foreach (var part in parts.Select(part => part["allOf"] is JsonArray ? Merge(part, depth + 1) : part))
        {
            foreach (var (key, value) in part)
            {
                Merge(merged, key, value, isOnly: parts.Length == 1 && merged["properties"] is null);
            }
        }

        return merged;
    }

    private static void Merge(JsonObject merged, string key, JsonNode? value, bool isOnly)
    {
        switch (key, value)
        {
            case ("properties", JsonObject properties):
                AddMissing(Properties(merged), properties);
                break;
            case ("required", JsonArray names):
                merged["required"] = new JsonArray([.. (merged["required"] as JsonArray ?? []).Concat(names).Select(name => name?.DeepClone())]);
                break;
            case ("example", JsonObject example) when !isOnly:
                foreach (var (name, member) in example)
                {
                    Properties(merged)[name] = new JsonObject { ["example"] = member?.DeepClone() };
                }

                break;
            default:
                if (!merged.ContainsKey(key))
                {
                    merged[key] = value?.DeepClone();
                }

                break;
        }
    }

    private static JsonObject Properties(JsonObject merged)
    {
        if (merged["properties"] is not JsonObject properties)
        {
            merged["properties"] = properties = [];
        }

        return properties;
    }

    private static void AddMissing(JsonObject target, JsonObject source)
    {
        foreach (var (key, value) in source.Where(member => !target.ContainsKey(member.Key)))
        {
            target[key] = value?.DeepClone();
        }
    }
}
