using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Html;

/// <summary>Writes every number, folded away until somebody wants to check.</summary>
internal static class HtmlDetails
{
    /// <summary>Writes the section.</summary>
    public static Markup Write(ReportContent content) => Markup.Of($"""
        <section class="every-number" aria-labelledby="details">
        <h2 id="details">Every number</h2>
        <p class="lead">Change and difference with their intervals, the change that would have been found, and the value of each launch set.</p>
        {content.Details.Select(Fold)}
        </section>
        """);

    private static Markup Fold(DetailTable table) => Markup.Of($"""
        <details>
        <summary>{table.Title}</summary>
        <div class="scroll" role="region" aria-label="{table.Title}" tabindex="0">
        <table class="plain all">
        <thead><tr>{table.Headers.Select((header, index) => Markup.Of($"<th scope=\"col\" class=\"{(index == 0 ? "arm" : "number")}\">{header}</th>"))}</tr></thead>
        <tbody>
        {table.Rows.Select(Row)}
        </tbody>
        </table>
        </div>
        </details>
        """);

    private static Markup Row(IReadOnlyList<string> cells) => Markup.Of(
        $"<tr><th scope=\"row\"><bdi>{cells[0]}</bdi></th>{cells.Skip(1).Select(cell => Markup.Of($"<td class=\"number\">{cell}</td>"))}</tr>");
}
