using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Content;

/// <summary>A section that only some runs have: a lead and a table.</summary>
/// <param name="Key">Stable key: lower-case letters and dashes.</param>
/// <param name="Title">The heading.</param>
/// <param name="Lead">What the table shows, a sentence or more.</param>
/// <param name="Headers">Column titles.</param>
/// <param name="Rows">As many cells as headers; the first names the row.</param>
internal sealed record ReportSection(string Key, string Title, string Lead, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Gets which columns beside the first hold words and not figures, from 0.</summary>
    public IReadOnlyList<int> WordColumns { get; init; } = [];

    /// <summary>Gets drawings that stand before the table in HTML.</summary>
    public IReadOnlyList<TraceFigure> Figures { get; init; } = [];

    /// <summary>Gets the file beside the report that holds the same for a program; null where there is none.</summary>
    public ProgramFile? File { get; init; }

    /// <summary>Gets the column titles of <see cref="BriefRows"/>; null where they are the same.</summary>
    public IReadOnlyList<string>? BriefHeaders { get; init; }

    /// <summary>Gets the rows as they fit a terminal of 80 characters; null where the rows themselves do.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? BriefRows { get; init; }
}

/// <summary>A file beside the report.</summary>
/// <param name="Name">Its name, of letters and dots.</param>
/// <param name="Purpose">What opens it, as the end of a sentence that begins with its name.</param>
internal sealed record ProgramFile(string Name, string Purpose);

/// <summary>A drawing made of spans: either a waterfall or a map.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Waterfall">The trace to lay out; null for a map.</param>
/// <param name="Edges">The calls to draw; empty for a waterfall.</param>
/// <param name="Link">Where the trace can be looked at; null where nobody said.</param>
internal sealed record TraceFigure(string Title, TraceWaterfall? Waterfall, IReadOnlyList<ServiceEdge> Edges, string? Link);
