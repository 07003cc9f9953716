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
internal sealed record YamlRefused(YamlPath Path, int Line, int Column) : YamlNode(Path, Line, Column);
