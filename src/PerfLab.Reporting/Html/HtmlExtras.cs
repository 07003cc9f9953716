using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Html;

/// <summary>Writes the sections that only some runs have.</summary>
internal static class HtmlExtras
{
    /// <summary>Writes them.</summary>
    public static Markup Write(IReadOnlyList<ExtraSection> sections) => Markup.Of($"{sections.Select(Section)}");

    private static Markup Section(ExtraSection section) => Markup.Of($"""
        <section aria-labelledby="{section.Key}">
        <h2 id="{section.Key}">{section.Title}</h2>
        <p class="lead">{section.Lead}</p>
        {section.Figures.Select(HtmlTraces.Figure)}
        {Markup.When(section.Rows.Count == 0 ? null : section, Table)}
        </section>
        """);

    private static Markup Table(ExtraSection section) => Markup.Of($"""
        <div class="scroll" role="region" aria-label="{section.Title}" tabindex="0">
        <table class="plain">
        <thead><tr>{section.Headers.Select((header, index) => Markup.Of($"<th scope=\"col\" class=\"{(index == 0 ? "name" : ClassOf(section, index))}\">{header}</th>"))}</tr></thead>
        <tbody>
        {section.Rows.Select(cells => Row(section, cells))}
        </tbody>
        </table>
        </div>
        """);

    private static Markup Row(ExtraSection section, IReadOnlyList<string> cells) => Markup.Of(
        $"<tr><th scope=\"row\" class=\"name\"><bdi>{cells[0]}</bdi></th>{cells.Skip(1).Select((cell, index) => Markup.Of($"<td class=\"{ClassOf(section, index + 1)}\">{cell}</td>"))}</tr>");

    private static string ClassOf(ExtraSection section, int column) => section.WordColumns.Contains(column) ? "words" : "number";
}
