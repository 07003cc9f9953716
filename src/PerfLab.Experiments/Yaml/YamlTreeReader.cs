using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PerfLab.Experiments.Yaml;

/// <summary>
/// Reads text into a tree with places, gathering what a strict reader refuses: duplicate keys, keys that are not text,
/// anchors and aliases, tags, more than one document and deep nesting.
/// </summary>
/// <remarks>
/// YamlDotNet's own deserializer stops at its first fault and turns <c>off</c> into a boolean for some schemas; the event
/// stream below it does neither. Aliases are refused, not followed, so a small file cannot unfold into a huge one.
/// </remarks>
internal sealed class YamlTreeReader
{
    // Scenario files nest five deep. The limit keeps the recursion below, and the parser's quadratic cost, small.
    private const int MaximumDepth = 16;

    private const string SyntaxAdvice = "Correct the YAML there or just before; often text with a colon, a brace or a bracket lacks quotation marks. The rest of the file was not read.";

    private readonly Parser parser;
    private readonly YamlFaults faults;

    private YamlTreeReader(string text, YamlFaults faults)
    {
        parser = new Parser(new Scanner(new StringReader(text)));
        this.faults = faults;
    }

    /// <summary>Reads a document.</summary>
    /// <returns>Its root, or null where there is none or the syntax is broken; then a fault says so.</returns>
    public static YamlNode? Read(string text, YamlFaults faults)
    {
        var tree = new YamlTreeReader(text, faults);
        try
        {
            return tree.ReadStream();
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException)
        {
            // The parser throws InvalidOperationException, without a place, for some unclosed flow lists.
            var place = (error as YamlException)?.End ?? tree.parser.Current?.End ?? Mark.Empty;
            var problem = error is YamlException ? error.Message : "A list or map in brackets is not closed.";
            faults.Add((int)place.Line, (int)place.Column, "syntax", AsSentence(problem), SyntaxAdvice);
            return null;
        }
    }

    private YamlNode? ReadStream()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            faults.Add(1, 1, "file", "nothing is in it.", "Copy scenarios/smoke.yaml and change it.");
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode(YamlPath.Root, 0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            faults.Add((int)second.Start.Line, (int)second.Start.Column, "file", "a second document starts here.", "Keep one scenario per file; move the rest to a file of its own.");
        }

        return root;
    }

    private YamlNode ReadNode(YamlPath path, int depth)
    {
        if (depth > MaximumDepth)
        {
            var place = parser.Current?.Start ?? Mark.Empty;
            throw new YamlException(place, place, $"There are more than {MaximumDepth} levels of nesting.");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            var refused = new YamlRejected(path, Line(alias), Column(alias));
            faults.Add(refused, $"*{QuotedText.Shorten(alias.Value.Value)} is an alias; scenario files have none.", "Write the value out.");
            return refused;
        }

        RejectAnchorAndTag(path);
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlText(path, Line(scalar), Column(scalar), scalar.Value, scalar.Style is ScalarStyle.Plain);
        }

        return parser.TryConsume<SequenceStart>(out var list)
            ? ReadList(path, list, depth)
            : ReadMap(path, parser.Consume<MappingStart>(), depth);
    }

    private YamlList ReadList(YamlPath path, SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(path.Then(items.Count), depth + 1));
        }

        return new YamlList(path, Line(start), Column(start), items);
    }

    private YamlMap ReadMap(YamlPath path, MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(path, depth + 1);
            var value = ReadNode(key is YamlText named ? path.Then(named.Value) : path, depth + 1);
            if (key is not YamlText text)
            {
                RejectKey(key);
            }
            else if (firstLines.TryGetValue(text.Value, out var firstLine))
            {
                faults.Add(key.Line, key.Column, path.Then(text.Value).ToString(), $"the key is given twice; the first is on line {firstLine}.", "Keep one of them.");
            }
            else
            {
                firstLines.Add(text.Value, text.Line);
                entries.Add(new YamlEntry(text, value));
            }
        }

        return new YamlMap(path, Line(start), Column(start), entries);
    }

    private void RejectKey(YamlNode key)
    {
        if (key is not YamlRejected)
        {
            faults.Add(key, "a list or map stands where a key belongs.", "Use plain text as the key.");
        }
    }

    private void RejectAnchorAndTag(YamlPath path)
    {
        // MoveNext has been called by the attempt to consume an alias, so the current event is the node's.
        if (parser.Current is not NodeEvent node)
        {
            return;
        }

        if (!node.Anchor.IsEmpty)
        {
            faults.Add(Line(node), Column(node), path.ToString(), $"&{QuotedText.Shorten(node.Anchor.Value)} is an anchor; scenario files have none.", "Remove it and write values out where they are used.");
        }

        if (!node.Tag.IsEmpty)
        {
            faults.Add(Line(node), Column(node), path.ToString(), $"{QuotedText.Of(node.Tag.Value)} is a tag; scenario files have none.", "Remove it; the key says what type its value has.");
        }
    }

    private static string AsSentence(string text) => text.EndsWith('.') ? text : text + ".";

    private static int Line(ParsingEvent parsed) => (int)parsed.Start.Line;

    private static int Column(ParsingEvent parsed) => (int)parsed.Start.Column;
}
