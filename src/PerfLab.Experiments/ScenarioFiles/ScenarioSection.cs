using PerfLab.Experiments.Secrets;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>
/// A map of a scenario file with known keys. Opening it reports unknown and missing keys; every getter reports what is
/// wrong with its value and then returns the fallback, so that reading goes on and finds the next fault. What is built
/// from fallbacks is never used: a file with a fault yields an exception.
/// </summary>
internal sealed class ScenarioSection
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);

    private ScenarioSection(YamlNode node, YamlFaults faults)
    {
        Node = node;
        Faults = faults;
    }

    /// <summary>Gets the node, for faults of the section as a whole.</summary>
    public YamlNode Node { get; }

    /// <summary>Gets where faults go.</summary>
    public YamlFaults Faults { get; }

    /// <summary>Opens a node as a section.</summary>
    public static ScenarioSection Open(YamlNode node, IReadOnlyList<KeyRule> keys, YamlFaults faults)
    {
        var section = new ScenarioSection(node, faults);
        if (node is not YamlMap map)
        {
            ReportWrongKind(node, "a map", $"Write keys and values below it: {string.Join(", ", keys.Select(key => key.Name))}.", faults);
            return section;
        }

        var meant = section.Fill(map, [.. keys.Select(key => key.Name)]);
        foreach (var missing in keys.Where(rule => rule.IsRequired && !section.values.ContainsKey(rule.Name) && !meant.Contains(rule.Name)))
        {
            section.ReportMissing(missing);
        }

        return section;
    }

    // Reports unknown keys. Returns the keys that were probably meant: to call those missing as well would be an echo.
    private HashSet<string> Fill(YamlMap map, string[] known)
    {
        var meant = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            if (known.Contains(key.Value, StringComparer.Ordinal))
            {
                values.Add(key.Value, value);
                continue;
            }

            Faults.Add(key.Line, key.Column, value.Path.ToString(), "there is no such key.", NearestName.Advise(key.Value, known));
            if (NearestName.Find(key.Value, known) is { } nearest)
            {
                meant.Add(nearest);
            }
        }

        return meant;
    }

    /// <summary>Reports that a key is missing.</summary>
    public void ReportMissing(KeyRule key) =>
        Faults.Add(Node.Line, Node.Column, Node.Path.Then(key.Name).ToString(), "the key is missing.", $"Add it, for example {key.Example}");

    /// <summary>The value of a key, or null where it is missing, refused, or nothing; the latter is reported.</summary>
    public YamlNode? Find(string key)
    {
        if (!values.TryGetValue(key, out var node) || node is YamlRejected)
        {
            return null;
        }

        if (node is YamlText { IsNothing: true })
        {
            Faults.Add(node, "the key has no value.", "Give it one, or remove the key.");
            return null;
        }

        return node;
    }

    /// <summary>The node of a key that stands in the file.</summary>
    public YamlNode Value(string key) => values[key];

    /// <summary>Whether the key stands in the file, rightly or wrongly.</summary>
    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>A scalar that follows a rule; the fallback where it is missing or wrong.</summary>
    public string Text(string key, TextRule rule, string fallback = "") =>
        Find(key) is { } node ? ReadText(node, rule, Faults) ?? fallback : fallback;

    /// <summary>A scalar with a range; the fallback where it is missing or wrong.</summary>
    public T Number<T>(string key, Quantity<T> quantity, T fallback)
        where T : struct, IComparable<T> => Number(key, quantity) ?? fallback;

    /// <summary>A scalar with a range; null where it is missing or wrong.</summary>
    public T? Number<T>(string key, Quantity<T> quantity)
        where T : struct, IComparable<T> => Find(key) is { } node ? ReadNumber(node, quantity, Faults) : null;

    /// <summary>A word out of several; the fallback where it is missing or wrong.</summary>
    public T Choice<T>(string key, IReadOnlyDictionary<string, T> words, T fallback)
    {
        if (Find(key) is not { } node || AsText(node, Faults) is not { } text)
        {
            return fallback;
        }

        if (words.TryGetValue(text.Value, out var value))
        {
            return value;
        }

        Faults.Add(node, $"{QuotedText.Of(text.Value)} is not a value of this key.", NearestName.Advise(text.Value, [.. words.Keys]));
        return fallback;
    }

    /// <summary>The items of a list that must not be empty; none where it is missing or wrong.</summary>
    public IReadOnlyList<YamlNode> Items(string key, string advice)
    {
        if (Find(key) is not { } node)
        {
            return [];
        }

        if (node is not YamlList list)
        {
            ReportWrongKind(node, "a list", advice, Faults);
            return [];
        }

        if (list.Items.Count == 0)
        {
            Faults.Add(node, "the list is empty.", advice);
        }

        return [.. list.Items.Where(item => item is not YamlRejected)];
    }

    /// <summary>Reads a scalar by a rule; null after a fault.</summary>
    public static string? ReadText(YamlNode node, TextRule rule, YamlFaults faults)
    {
        if (AsText(node, faults) is not { } text)
        {
            return null;
        }

        if (text.IsNothing)
        {
            faults.Add(node, "nothing stands here.", rule.MayBeEmpty ? "Write \"\" for empty text, or remove it." : "Give a value.");
            return null;
        }

        if (rule.FaultOf(text.Value, node.Path.Key) is var (problem, advice))
        {
            faults.Add(node, problem, advice);
            return null;
        }

        return text.Value;
    }

    /// <summary>Reads a scalar with a range; null after a fault.</summary>
    public static T? ReadNumber<T>(YamlNode node, Quantity<T> quantity, YamlFaults faults)
        where T : struct, IComparable<T>
    {
        if (AsText(node, faults) is not { } text)
        {
            return null;
        }

        var parsed = quantity.Read(text);
        if (parsed.Problem is not null)
        {
            faults.Add(node, parsed.Problem, parsed.Advice!);
            return null;
        }

        return parsed.Value;
    }

    /// <summary>Reports that a node is of another kind than expected; silent where it was refused before.</summary>
    public static void ReportWrongKind(YamlNode node, string expected, string advice, YamlFaults faults)
    {
        var actual = node switch
        {
            YamlText { IsNothing: true } => "nothing",
            YamlText text => $"the text {QuotedText.Of(SecretText.Hide(node.Path.Key, text.Value))}",
            YamlList => "a list",
            YamlMap => "a map",
            _ => null,
        };
        if (actual is not null)
        {
            faults.Add(node, $"{actual} stands where {expected} belongs.", advice);
        }
    }

    private static YamlText? AsText(YamlNode node, YamlFaults faults)
    {
        if (node is YamlText text)
        {
            return text;
        }

        ReportWrongKind(node, "a single value", "Write it as text; put it in quotation marks if it begins with { or [.", faults);
        return null;
    }
}
