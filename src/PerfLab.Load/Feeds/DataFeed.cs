namespace PerfLab.Load.Feeds;

/// <summary>Rows of named texts that fill the placeholders of requests.</summary>
public sealed class DataFeed
{
    private readonly string[][] _rows;

    private DataFeed(string name, IReadOnlyList<string> fields, string[][] rows, FeedOrder order)
    {
        Name = name;
        Fields = fields;
        _rows = rows;
        Order = order;
    }

    /// <summary>Gets the name that <c>{{name.field}}</c> refers to.</summary>
    public string Name { get; }

    /// <summary>Gets the names of the fields.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Gets the order in which rows are used.</summary>
    public FeedOrder Order { get; }

    /// <summary>Gets the number of rows, at least 1.</summary>
    public int RowCount => _rows.Length;

    /// <summary>Reads a CSV file (RFC 4180, UTF-8) whose first line names the fields.</summary>
    /// <param name="name">Name of the feed.</param>
    /// <param name="path">The file.</param>
    /// <param name="order">Order of use.</param>
    /// <exception cref="FormatException">The file is something else; the message names file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DataFeed FromCsvFile(string name, string path, FeedOrder order)
    {
        var records = CsvParser.Parse(File.ReadAllText(path), path);
        return Create(name, records[0], [.. records.Skip(1)], order, path);
    }

    /// <summary>Reads a JSON file: an array of objects whose values are texts, numbers, booleans or null (an empty text).</summary>
    /// <param name="name">Name of the feed.</param>
    /// <param name="path">The file.</param>
    /// <param name="order">Order of use.</param>
    /// <exception cref="FormatException">The file is something else; the message names file and place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DataFeed FromJsonFile(string name, string path, FeedOrder order)
    {
        var (fields, rows) = JsonFeedParser.Parse(File.ReadAllText(path), path);
        return Create(name, fields, rows, order, path);
    }

    /// <summary>Generates rows from a seed.</summary>
    /// <param name="name">Name of the feed.</param>
    /// <param name="fields">A generator for each field.</param>
    /// <param name="rows">How many rows, at least 1; they are made up front and repeat.</param>
    /// <param name="seed">Equal seeds give equal rows.</param>
    /// <exception cref="FormatException">There is no field or no row.</exception>
    public static DataFeed Generated(string name, IReadOnlyDictionary<string, FieldGenerator> fields, int rows, ulong seed)
    {
        var random = new RandomSequence(seed);
        KeyValuePair<string, FieldGenerator>[] ordered = [.. fields.OrderBy(field => field.Key, StringComparer.Ordinal)];
        var values = new string[Math.Max(rows, 0)][];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = [.. ordered.Select(field => field.Value.Next(row, random))];
        }

        return Create(name, [.. ordered.Select(field => field.Key)], values, FeedOrder.Sequential, "generated");
    }

    internal string ValueAt(int row, int field) => _rows[row][field];

    internal int IndexOf(string field) => Array.IndexOf([.. Fields], field);

    private static DataFeed Create(string name, IReadOnlyList<string> fields, string[][] rows, FeedOrder order, string source)
    {
        var fault = fields.Count == 0 || fields.Any(string.IsNullOrWhiteSpace) ? "a field without a name"
            : fields.Distinct(StringComparer.Ordinal).Count() < fields.Count ? "two fields of the same name"
            : rows.Length == 0 ? "no row"
            : order == FeedOrder.Unknown ? "no order"
            : null;
        return fault is null
            ? new DataFeed(name, fields, rows, order)
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
