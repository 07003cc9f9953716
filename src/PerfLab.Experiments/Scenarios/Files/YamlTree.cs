using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PerfLab.Experiments.Scenarios.Files;

/// <summary>Builds the tree of a YAML text, strictly: one document, text keys without duplicates, no aliases, no tags.</summary>
internal sealed class YamlTree
{
    // A scenario nests five deep.
    private const int MaxDepth = 20;

    private readonly IParser _parser;
    private readonly FaultList _faults;

    private YamlTree(IParser parser, FaultList faults) => (_parser, _faults) = (parser, faults);

    /// <summary>Reads a text; null when there is nothing to read, with the fault added.</summary>
    public static YamlNode? Read(string yaml, FaultList faults)
    {
        var parser = new Parser(new StringReader(yaml));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                faults.Add(1, 1, "the file is empty. Start from scenarios/smoke.yaml.");
                return null;
            }

            var node = new YamlTree(parser, faults).ReadNode(depth: 0);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
            {
                faults.Add(second.Start.Line, second.Start.Column, "a second document begins here. A file holds one scenario.");
            }

            return node;
        }
        catch (YamlException error)
        {
            faults.Add(error.Start.Line, error.Start.Column, $"not YAML: {error.Message.Trim()} Check indentation, quotes and brackets.");
            return null;
        }
    }

    private YamlNode ReadNode(int depth)
    {
        var next = _parser.Consume<ParsingEvent>();
        if (depth > MaxDepth)
        {
            throw new YamlException(next.Start, next.End, $"nested deeper than {MaxDepth} levels.");
        }

        switch (next)
        {
            case Scalar scalar:
                RefuseAnchor(scalar);
                return new YamlText(scalar.Start.Line, scalar.Start.Column, scalar.Value);
            case SequenceStart start:
                RefuseAnchor(start);
                return ReadList(start, depth);
            case MappingStart start:
                RefuseAnchor(start);
                return ReadMap(start, depth);
            case AnchorAlias alias:
                _faults.Add(alias.Start.Line, alias.Start.Column, $"'*{alias.Value}' is an alias. Write the value out: aliases are not read.");
                return new YamlText(alias.Start.Line, alias.Start.Column, string.Empty);
            default:
                throw new YamlException(next.Start, next.End, $"unexpected {next.GetType().Name}.");
        }
    }

    private YamlList ReadList(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlList(start.Start.Line, start.Start.Column, items);
    }

    private YamlMap ReadMap(MappingStart start, int depth)
    {
        var entries = new List<(YamlText Key, YamlNode Value)>();
        var seen = new Dictionary<string, YamlText>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlText text)
            {
                _faults.Add(key, "a key is not a text. Keys are plain words.");
            }
            else if (!seen.TryAdd(text.Text, text))
            {
                _faults.Add(text, $"'{text.Text}' stands here again; it stands on line {seen[text.Text].Line} already. Keep one of them.");
            }
            else
            {
                entries.Add((text, value));
            }
        }

        return new YamlMap(start.Start.Line, start.Start.Column, entries);
    }

    private void RefuseAnchor(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            _faults.Add(node.Start.Line, node.Start.Column, $"'&{node.Anchor.Value}' is an anchor. Write the value out: anchors are not read.");
        }
    }
}
