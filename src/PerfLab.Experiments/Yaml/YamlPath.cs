namespace PerfLab.Experiments.Yaml;

/// <summary>Where a node stands in its document, for messages: <c>target.requests[0].path</c>.</summary>
/// <remarks>A linked list, spelled out only for a fault: the paths of all nodes of a large file would not fit into memory.</remarks>
/// <param name="Parent">The path of the surrounding node; null at the root.</param>
/// <param name="Key">The key within a map; null within a list and at the root.</param>
/// <param name="Index">The place within a list, from 0; null within a map and at the root.</param>
internal sealed record YamlPath(YamlPath? Parent, string? Key, int? Index)
{
    /// <summary>Gets the path of the document itself.</summary>
    public static YamlPath Root { get; } = new(null, null, null);

    /// <summary>The path of a key below this one.</summary>
    public YamlPath Then(string key) => new(this, key, null);

    /// <summary>The path of an item below this one.</summary>
    public YamlPath Then(int index) => new(this, null, index);

    /// <inheritdoc/>
    public override string ToString()
    {
        var parent = Parent?.ToString() ?? "";
        return (Key, Index) switch
        {
            ({ } key, _) when parent.Length == 0 => QuotedText.Shorten(key),
            ({ } key, _) => $"{parent}.{QuotedText.Shorten(key)}",
            (_, { } index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{parent}[{index}]"),
            _ => parent,
        };
    }
}
