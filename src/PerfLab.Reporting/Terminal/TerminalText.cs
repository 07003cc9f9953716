namespace PerfLab.Reporting.Terminal;

/// <summary>A text of the summary. It may hold any character but control characters; who renders it escapes what its markup would read.</summary>
/// <param name="Text">The text, in one line.</param>
/// <param name="Style">How it stands out.</param>
public sealed record TerminalText(string Text, TerminalStyle Style = TerminalStyle.Plain);

/// <summary>How a text stands out. The words carry the meaning; a style only helps the eye, so it may be dropped.</summary>
public enum TerminalStyle
{
    /// <summary>As the rest.</summary>
    Plain = 0,

    /// <summary>Less important.</summary>
    Muted = 1,

    /// <summary>More important.</summary>
    Strong = 2,

    /// <summary>Good news: trusted, less, faster.</summary>
    Good = 3,

    /// <summary>Costs more, or is slower, by enough to matter.</summary>
    Costly = 4,

    /// <summary>Read with care: limited, undecided, cannot tell.</summary>
    Doubtful = 5,

    /// <summary>Decides nothing: untrusted.</summary>
    Bad = 6,
}

/// <summary>A table that only some runs have.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Lead">What the table shows.</param>
/// <param name="Headers">Column titles.</param>
/// <param name="Rows">As many cells as headers; the first names the row.</param>
/// <param name="WordColumns">Which columns beside the first hold words and not figures, from 0.</param>
public sealed record TerminalSection(
    string Title,
    string Lead,
    IReadOnlyList<string> Headers,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<int> WordColumns);

/// <summary>A column of the summary's table.</summary>
/// <param name="Title">The title with the unit of the values.</param>
/// <param name="IsNumber">Whether the column is aligned at the right.</param>
public sealed record TerminalColumn(string Title, bool IsNumber)
{
    /// <summary>Gets a value indicating whether its texts may break into lines.</summary>
    public bool Wraps { get; init; }
}
