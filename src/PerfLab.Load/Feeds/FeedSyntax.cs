using System.Globalization;
using System.Text;

namespace PerfLab.Load.Feeds;

/// <summary>Feeds as users name them on a command line.</summary>
public static class FeedSyntax
{
    private const string Kinds = "sequence(FIRST), between(LOWEST, HIGHEST), choice(A|B|C), uuid, letters(LENGTH)";

    private const int MostLetters = 10_000;

    /// <summary>Reads a file as a feed: <c>users.csv</c>, <c>users.json</c>, or <c>NAME=FILE</c>; the name is otherwise the file's.</summary>
    /// <param name="text">The file, perhaps with a name.</param>
    /// <param name="order">Order of use.</param>
    /// <param name="encoding">How the file is written; null for UTF-8, or what its byte order mark says.</param>
    /// <exception cref="FormatException">The file is something else or cannot be read.</exception>
    public static DataFeed FromFile(string text, FeedOrder order, Encoding? encoding = null)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var path = equals > 0 && !File.Exists(text) ? text[(equals + 1)..] : text;
        var name = path.Length < text.Length ? text[..equals] : Path.GetFileNameWithoutExtension(path);
        if (!File.Exists(path))
        {
            throw new FormatException($"'{path}' does not exist (--feed). Name a CSV file whose first line names the fields, or a JSON array of objects.");
        }

        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => DataFeed.FromCsvFile(name, path, order, encoding),
            ".JSON" => DataFeed.FromJsonFile(name, path, order, encoding),
            _ => throw new FormatException($"'{path}' is neither .csv nor .json (--feed). Convert it, or rename it."),
        };
    }

    /// <summary>Reads generated fields, all of which make one feed called <c>generated</c>.</summary>
    /// <param name="texts">Each <c>FIELD=KIND</c>, for example <c>id=between(1, 1000)</c>.</param>
    /// <param name="seed">Equal seeds give equal rows.</param>
    /// <exception cref="FormatException">A text is something else; the message names it and the kinds that exist.</exception>
    public static DataFeed Generate(IReadOnlyList<string> texts, ulong seed)
    {
        var fields = new Dictionary<string, FieldGenerator>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !fields.TryAdd(text[..equals].Trim(), Kind(text, text[(equals + 1)..].Trim())))
            {
                throw Fault(text);
            }
        }

        return DataFeed.Generated("generated", fields, seed);
    }

    private static FieldGenerator Kind(string whole, string kind)
    {
        if (kind == "uuid")
        {
            return new FieldGenerator.Uuid();
        }

        var open = kind.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !kind.EndsWith(')'))
        {
            throw Fault(whole);
        }

        var argument = kind[(open + 1)..^1];
        var numbers = argument.Split(',');
        return (kind[..open], numbers.Length) switch
        {
            ("sequence", 1) => new FieldGenerator.Sequence(Number(whole, argument)),
            ("between", 2) => new FieldGenerator.Between(Number32(whole, numbers[0]), Number32(whole, numbers[1])),
            ("letters", 1) => Number(whole, argument) is >= 1 and <= MostLetters and var length
                ? new FieldGenerator.Letters((int)length)
                : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{whole}': letters takes a number from 1 to {MostLetters:#,0} (--generate).")),
            ("choice", _) => new FieldGenerator.Choice(argument.Split('|', StringSplitOptions.TrimEntries)),
            _ => throw Fault(whole),
        };
    }

    private static int Number32(string whole, string text) => Number(whole, text) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw Fault(whole);

    private static long Number(string whole, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault(whole);

    private static FormatException Fault(string text) => new($"'{text}' is not FIELD=KIND with a field of its own (--generate). The kinds are {Kinds}.");
}
