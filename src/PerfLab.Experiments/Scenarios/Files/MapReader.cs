namespace PerfLab.Experiments.Scenarios.Files;

/// <summary>Reads the keys of one mapping and remembers which it was asked for, so that all others can be refused.</summary>
/// <param name="map">The mapping.</param>
/// <param name="path">Its path in messages, for example <c>load</c>; empty for the top.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class MapReader(YamlMap map, string path, FaultList faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Gets the place of the mapping.</summary>
    public YamlMap Map => map;

    /// <summary>Takes a node as a mapping; null, with a fault, when it is something else.</summary>
    public static MapReader? Of(YamlNode node, string path, FaultList faults)
    {
        if (node is YamlMap map)
        {
            return new MapReader(map, path, faults);
        }

        faults.Add(node, $"{(path.Length == 0 ? "the file" : path)}: expected keys with values. See docs/scenarios.md.");
        return null;
    }

    /// <summary>Gets the path of a key in messages.</summary>
    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>Gets the value of a key, or null.</summary>
    public YamlNode? Optional(string key)
    {
        _known.Add(key);
        return map.Entries.FirstOrDefault(entry => string.Equals(entry.Key.Text, key, StringComparison.Ordinal)).Value;
    }

    /// <summary>Gets the value of a key, or null with a fault.</summary>
    /// <param name="key">The key.</param>
    /// <param name="advice">What to write, as a sentence.</param>
    public YamlNode? Required(string key, string advice)
    {
        var value = Optional(key);
        if (value is null)
        {
            faults.Add(map, $"{PathOf(key)}: is missing. {advice}");
        }

        return value;
    }

    /// <summary>Gets a text that is not empty, or null with a fault.</summary>
    public string? RequiredText(string key, string advice)
    {
        if (Required(key, advice) is not { } node)
        {
            return null;
        }

        if (node is YamlText { Text.Length: > 0 } text && !string.IsNullOrWhiteSpace(text.Text))
        {
            return text.Text;
        }

        faults.Add(node, $"{PathOf(key)}: is not a text. {advice}");
        return null;
    }

    /// <summary>Gets a value by a parser of its text; the default when the key is absent or wrong (with a fault).</summary>
    public T Value<T>(string key, T fallback, Func<string, string?> faultOf, Func<string, T> parse)
    {
        switch (Optional(key))
        {
            case null:
                return fallback;
            case YamlText text when faultOf(text.Text) is { } fault:
                faults.Add(text, $"{PathOf(key)}: {fault}");
                return fallback;
            case YamlText text:
                return parse(text.Text);
            case { } other:
                faults.Add(other, $"{PathOf(key)}: expected a single value.");
                return fallback;
        }
    }

    /// <summary>Gets a mapping of texts in file order; empty when the key is absent.</summary>
    public IReadOnlyDictionary<string, string> Texts(string key)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Optional(key) is not { } node || Of(node, PathOf(key), faults) is not { } reader)
        {
            return texts;
        }

        foreach (var (name, value) in reader.Map.Entries)
        {
            if (value is YamlText text)
            {
                texts[name.Text] = text.Text;
            }
            else
            {
                faults.Add(value, $"{PathOf(key)}.{name.Text}: is not a text. Write one value.");
            }
        }

        return texts;
    }

    /// <summary>Refuses every key that was not asked for, with the nearest known one.</summary>
    public void RefuseOthers()
    {
        foreach (var (key, _) in map.Entries.Where(entry => !_known.Contains(entry.Key.Text)))
        {
            var nearest = Spelling.Nearest(key.Text, _known);
            var advice = nearest is null ? $"Known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}." : $"Did you mean '{nearest}'?";
            faults.Add(key, $"{PathOf(key.Text)}: unknown key. {advice}");
        }
    }
}
