using PerfLab.Experiments;
using System.Text;

namespace PerfLab.Load.Feeds;

/// <summary>Rows of named texts that fill the placeholders of requests.</summary>
public sealed class DataFeed
{
    private readonly string[][] _rows;
    private readonly GeneratedField[]? _generated;

    private DataFeed(string name, IReadOnlyList<string> fields, string[][] rows, FeedOrder order, GeneratedField[]? generated)
    {
        Name = name;
        Fields = fields;
        _rows = rows;
        _generated = generated;
        Order = order;
    }

    /// <summary>Gets the name that <c>{{name.field}}</c> refers to.</summary>
    public string Name { get; }

    /// <summary>Gets the names of the fields.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Gets the order in which rows are used.</summary>
    public FeedOrder Order { get; }

    /// <summary>Gets the number of rows, at least 1; null when they are generated and do not end.</summary>
    public int? RowCount => _generated is null ? _rows.Length : null;

    /// <summary>Reads a CSV file (RFC 4180) whose first line names the fields.</summary>
    /// <param name="name">Name of the feed.</param>
    /// <param name="path">The file.</param>
    /// <param name="order">Order of use.</param>
    /// <param name="encoding">How the file is written; null for UTF-8, or what its byte order mark says.</param>
    /// <exception cref="FormatException">The file is something else or cannot be read; the message names file and line.</exception>
    public static DataFeed FromCsvFile(string name, string path, FeedOrder order, Encoding? encoding = null)
    {
        var records = CsvParser.Parse(FeedText.Read(path, encoding), path);
        return Create(name, records[0], [.. records.Skip(1)], order, path);
    }

    /// <summary>Reads a JSON file: an array of objects whose values are texts, numbers, booleans or null (an empty text).</summary>
    /// <param name="name">Name of the feed.</param>
    /// <param name="path">The file.</param>
    /// <param name="order">Order of use.</param>
    /// <param name="encoding">How the file is written; null for UTF-8, or what its byte order mark says.</param>
    /// <exception cref="FormatException">The file is something else or cannot be read; the message names file and place.</exception>
    public static DataFeed FromJsonFile(string name, string path, FeedOrder order, Encoding? encoding = null)
    {
        var (fields, rows) = JsonFeedParser.Parse(FeedText.Read(path, encoding), path);
        return Create(name, fields, rows, order, path);
    }

    /// <summary>Generates rows from a seed, as many as are used.</summary>
    /// <param name="name">Name of the feed.</param>
    /// <param name="fields">A generator for each field.</param>
    /// <param name="seed">Equal seeds give equal rows.</param>
    /// <exception cref="FormatException">There is no field, or one that has no values.</exception>
    public static DataFeed Generated(string name, IReadOnlyDictionary<string, FieldGenerator> fields, ulong seed)
    {
        var random = new RandomSequence(seed);
        KeyValuePair<string, FieldGenerator>[] ordered = [.. fields.OrderBy(field => field.Key, StringComparer.Ordinal)];
        foreach (var (_, generator) in ordered)
        {
            generator.Validate();
        }

        return Create(
            name,
            [.. ordered.Select(field => field.Key)],
            [],
            FeedOrder.Sequential,
            "generated",
            [.. ordered.Select(field => new GeneratedField(field.Value, random.NextBits()))]);
    }

    internal string ValueAt(int row, int field) => _generated is null ? _rows[row][field] : _generated[field].ValueAt(row);

    /// <summary>Gets the generator of a field; null when the feed has rows.</summary>
    internal GeneratedField? GeneratedFieldAt(int field) => _generated?[field];

    internal int IndexOf(string field) => Array.IndexOf([.. Fields], field);

    private static DataFeed Create(string name, IReadOnlyList<string> fields, string[][] rows, FeedOrder order, string source, GeneratedField[]? generated = null)
    {
        var fault = fields.Count == 0 || fields.Any(string.IsNullOrWhiteSpace) ? "a field without a name"
            : fields.Distinct(StringComparer.Ordinal).Count() < fields.Count ? "two fields of the same name"
            : rows.Length == 0 && generated is null ? "no row"
            : order == FeedOrder.Unknown ? "no order"
            : null;
        return fault is null
            ? new DataFeed(name, fields, rows, order, generated)
            : throw new FormatException($"Feed '{name}' has {fault} ({source}). Give every field a name of its own, at least one row, and an order.");
    }
}

/// <summary>In which order the rows of a feed are used; after the last one the first follows again.</summary>
public enum FeedOrder
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>As they stand.</summary>
    Sequential = 1,

    /// <summary>In a random order from the seed of the load, each once per pass.</summary>
    Shuffled = 2,
}
