namespace PerfLab.Load.Feeds;

/// <summary>Several feeds with the order of their rows decided.</summary>
internal sealed class FeedRows
{
    private readonly IReadOnlyList<DataFeed> _feeds;
    private readonly int[][] _orders;

    public FeedRows(IReadOnlyList<DataFeed> feeds, ulong seed)
    {
        _feeds = feeds;
        _orders = new int[feeds.Count][];
        var seeds = new RandomSequence(seed);
        for (var feed = 0; feed < feeds.Count; feed++)
        {
            _orders[feed] = [.. Enumerable.Range(0, feeds[feed].RowCount ?? 0)];
            var random = new RandomSequence(seeds.NextBits());
            if (feeds[feed].Order == FeedOrder.Shuffled)
            {
                random.Shuffle(_orders[feed].AsSpan());
            }
        }
    }

    /// <summary>Tells whether a placeholder names a field.</summary>
    public bool Names(string placeholder) => FieldsOf(placeholder).Count > 0 || FieldsOf(FormOf(placeholder).Field).Count > 0;

    /// <summary>Finds the field that a placeholder names, <c>field</c> or <c>feed.field</c>, perhaps with a form: <c>field:raw</c>.</summary>
    /// <param name="placeholder">What stands between the braces.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="FormatException">There is none, or several.</exception>
    public (FieldReference Field, ValueForm Form) Find(string placeholder, string place)
    {
        var (found, form) = (FieldsOf(placeholder), ValueForm.Escaped);
        if (found.Count == 0)
        {
            (var field, form) = FormOf(placeholder);
            found = FieldsOf(field);
        }

        return found.Count == 1 && form != ValueForm.Unknown
            ? (found[0], form)
            : throw new FormatException(_feeds.Count == 0
                ? $"'{{{{{placeholder}}}}}' is a placeholder that nothing fills ({place}). Add --feed FILE or --generate \"id=sequence(1)\", or write {{{{{{{{ for braces that are sent."
                : $"Placeholder '{{{{{placeholder}}}}}' names {(found.Count == 0 ? "no field" : found.Count == 1 ? "no form of a field" : $"fields of {found.Count} feeds")} ({place}). " +
                $"Use one of {string.Join(", ", _feeds.SelectMany(feed => feed.Fields.Select(field => $"{{{{{feed.Name}.{field}}}}}")))}, perhaps with :raw or :base64 after it.");
    }

    public int RowCount(int feed) => _orders[feed].Length;

    /// <summary>Gets the generator of a field; null when its feed has rows.</summary>
    public GeneratedField? GeneratedField(FieldReference reference) => _feeds[reference.Feed].GeneratedFieldAt(reference.Field);

    /// <summary>Gets the number, from 1, of the row that the n-th request uses.</summary>
    public int RowNumberAt(int feed, int use) => _orders[feed][use % _orders[feed].Length] + 1;

    /// <summary>Gets the value of a field in the n-th request that uses its feed.</summary>
    public string ValueAt(FieldReference reference, int use)
    {
        var order = _orders[reference.Feed];
        return _feeds[reference.Feed].ValueAt(order[use % order.Length], reference.Field);
    }

    private static (string Field, ValueForm Form) FormOf(string placeholder)
    {
        var colon = placeholder.LastIndexOf(':');
        return colon < 0 ? (placeholder, ValueForm.Escaped) : (placeholder[..colon].TrimEnd(), placeholder[(colon + 1)..].TrimStart() switch
        {
            "raw" => ValueForm.Raw,
            "base64" => ValueForm.Base64,
            _ => ValueForm.Unknown,
        });
    }

    private List<FieldReference> FieldsOf(string name)
    {
        var found = new List<FieldReference>();
        for (var feed = 0; feed < _feeds.Count; feed++)
        {
            var prefix = _feeds[feed].Name + ".";
            var field = _feeds[feed].IndexOf(name);
            if (field < 0 && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                field = _feeds[feed].IndexOf(name[prefix.Length..]);
            }

            if (field >= 0)
            {
                found.Add(new FieldReference(feed, field));
            }
        }

        return found;
    }
}

/// <summary>A field of one of several feeds.</summary>
/// <param name="Feed">Index of the feed.</param>
/// <param name="Field">Index of the field in it.</param>
internal readonly record struct FieldReference(int Feed, int Field);

/// <summary>The forms of a placeholder: <c>{{field}}</c>, <c>{{field:raw}}</c>, <c>{{field:base64}}</c>.</summary>
internal enum ValueForm
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Escaped for where it stands.</summary>
    Escaped,

    /// <summary>As it is.</summary>
    Raw,

    /// <summary>The bytes that the value holds in base64; in a body only.</summary>
    Base64,
}
