namespace PerfLab.Reporting.Terminal;

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
