using System.Globalization;
using System.Text.Json.Nodes;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>A document as an editor sees it: plain scalars typed by the core schema of YAML 1.2, section 10.3.2.</summary>
internal static class YamlAsJson
{
    /// <summary>The document, or null where its syntax is broken.</summary>
    public static JsonNode? Read(string yaml)
    {
        var faults = new YamlFaults();
        return YamlSource.Check(yaml, faults) && YamlTreeReader.Read(yaml, faults) is { } root ? Convert(root) : null;
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Convert(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Convert)]),
        YamlText { IsNothing: true } => null,
        YamlText { IsPlain: true } plain => Typed(plain.Value),
        YamlText text => JsonValue.Create(text.Value),
        _ => null,
    };

    private static JsonValue Typed(string text) => text switch
    {
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
