using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.Yaml;

/// <summary>A node of a document, with the place where it stands. The records below are all there are.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal abstract record YamlNode(YamlPath Path, int Line, int Column);

/// <summary>A scalar, always as text: <c>off</c>, <c>1.0</c> and <c>010</c> stay what the author wrote.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Value">The text without quotation marks.</param>
/// <param name="IsPlain">Whether it stands without quotation marks and outside a block.</param>
internal sealed record YamlText(YamlPath Path, int Line, int Column, string Value, bool IsPlain) : YamlNode(Path, Line, Column)
{
    /// <summary>Gets a value indicating whether nothing stands there: YAML's null.</summary>
    public bool IsNothing => IsPlain && Value is ("" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A list.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Items">In file order.</param>
internal sealed record YamlList(YamlPath Path, int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Path, Line, Column);

/// <summary>A map without duplicate keys.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Entries">In file order.</param>
internal sealed record YamlMap(YamlPath Path, int Line, int Column, IReadOnlyList<YamlEntry> Entries) : YamlNode(Path, Line, Column);

/// <summary>A node that was refused and already reported; readers pass over it in silence.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal sealed record YamlRejected(YamlPath Path, int Line, int Column) : YamlNode(Path, Line, Column);

/// <summary>A key of a map and its value.</summary>
/// <param name="Key">The key and where it stands.</param>
/// <param name="Value">The value.</param>
internal sealed record YamlEntry(YamlText Key, YamlNode Value);

/// <summary>Where a node stands in its document, for messages: <c>target.requests[0].path</c>. A key with a secret in it is shown without.</summary>
/// <remarks>A linked list, spelled out only for a fault: the paths of all nodes of a large file would not fit into memory.</remarks>
/// <param name="parent">The path of the surrounding node; null at the root.</param>
/// <param name="key">The key within a map; null within a list and at the root.</param>
/// <param name="index">The place within a list, from 0; null within a map and at the root.</param>
internal sealed class YamlPath(YamlPath? parent, string? key, int? index)
{
    // Searched for secrets once: thousands of faults may lie below one key.
    private string? _shownKey;

    /// <summary>Gets the key within a map; null within a list and at the root.</summary>
    public string? Key => key;

    /// <summary>Gets the path of the document itself.</summary>
    public static YamlPath Root { get; } = new(null, null, null);

    /// <summary>The path of a key below this one.</summary>
    public YamlPath Then(string key) => new(this, key, null);

    /// <summary>The path of an item below this one.</summary>
    public YamlPath Then(int index) => new(this, null, index);

    /// <inheritdoc/>
    public override string ToString()
    {
        var before = parent?.ToString() ?? "";
        if (key is null)
        {
            return index is null ? before : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{before}[{index}]");
        }

        _shownKey ??= QuotedText.Shorten(SecretText.Hide(null, key));
        return before.Length == 0 ? _shownKey : $"{before}.{_shownKey}";
    }
}
