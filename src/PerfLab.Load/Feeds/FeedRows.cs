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
            _orders[feed] = [.. Enumerable.Range(0, feeds[feed].RowCount)];
            var random = new RandomSequence(seeds.NextBits());
            if (feeds[feed].Order == FeedOrder.Shuffled)
            {
                random.Shuffle(_orders[feed].AsSpan());
            }
        }
    }

    /// <summary>Finds the field that a placeholder names, <c>field</c> or <c>feed.field</c>.</summary>
    /// <exception cref="FormatException">There is none, or several.</exception>
    public FieldReference Find(string placeholder, string request)
    {
        var found = new List<FieldReference>();
        for (var feed = 0; feed < _feeds.Count; feed++)
        {
            var prefix = _feeds[feed].Name + ".";
            var field = _feeds[feed].IndexOf(placeholder);
            if (field < 0 && placeholder.StartsWith(prefix, StringComparison.Ordinal))
            {
                field = _feeds[feed].IndexOf(placeholder[prefix.Length..]);
            }

            if (field >= 0)
            {
                found.Add(new FieldReference(feed, field));
            }
        }

        return found.Count == 1
            ? found[0]
            : throw new FormatException(
                $"Placeholder '{{{{{placeholder}}}}}' names {(found.Count == 0 ? "no field" : $"fields of {found.Count} feeds")} (request '{request}'). " +
                $"Use one of {string.Join(", ", _feeds.SelectMany(feed => feed.Fields.Select(field => $"{{{{{feed.Name}.{field}}}}}")))}.");
    }

    public int RowCount(int feed) => _orders[feed].Length;

    /// <summary>Gets the value of a field in the n-th request that uses its feed.</summary>
    public string ValueAt(FieldReference reference, int use)
    {
        var order = _orders[reference.Feed];
        return _feeds[reference.Feed].ValueAt(order[use % order.Length], reference.Field);
    }
}

/// <summary>A field of one of several feeds.</summary>
/// <param name="Feed">Index of the feed.</param>
/// <param name="Field">Index of the field in it.</param>
internal readonly record struct FieldReference(int Feed, int Field);
