using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Html;

/// <summary>Writes the tables: arms down, metrics across. On a narrow screen each row becomes a block, hence the explicit roles.</summary>
internal static class HtmlTables
{
    // Fewer than this many metrics stretched over the page would tear apart what belongs together.
    private const int FullWidthColumns = 4;

    /// <summary>Writes the section.</summary>
    public static Markup Write(ReportContent content) => Markup.Of($"""
        <section aria-labelledby="numbers">
        <h2 id="numbers">The numbers</h2>
        <p class="lead">Each figure is the median over launch sets. Beside it stand the verdict and the change against the baseline, below them the interval of the change.</p>
        <p class="lead">{string.Join(" ", content.Noise)}</p>
        {Markup.When(content.TrustLabel.Key == "untrusted" ? content.TrustLabel.Meaning : null, text => Markup.Of($"<p class=\"notice\" role=\"note\"><span class=\"sign\" aria-hidden=\"true\">!</span> {text}</p>"))}
        {(content.Tables.Count == 0 ? Markup.Of($"<p>Nothing was measured. <a href=\"#gaps\">Why</a></p>") : Markup.Empty)}
        {content.Tables.Select(Table)}
        </section>
        """);

    private static Markup Table(ReportTable table) => Markup.Of($"""
        <table class="metrics{(table.Columns.Count < FullWidthColumns ? " few" : string.Empty)}" role="table">
        <caption>{table.Title}{Markup.When(table.Note, note => Markup.Of($"<span class=\"caption-note\">{note}</span>"))}</caption>
        <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Arm</th>{table.Columns.Select(Header)}</tr></thead>
        <tbody role="rowgroup">
        {table.Rows.Select(row => Row(row, table.Columns))}
        </tbody>
        </table>
        """);

    private static Markup Header(ReportColumn column) => Markup.Of(
        $"<th scope=\"colgroup\" role=\"columnheader\" colspan=\"2\">{column.Title}{(column.Unit.Length == 0 ? Markup.Empty : Markup.Of($", <span class=\"unit\">{column.Unit}</span>"))}{Markup.When(column.Threshold, text => Markup.Of($"<span class=\"threshold\">matters beyond {text}</span>"))}</th>");

    private static Markup Row(ReportRow row, IReadOnlyList<ReportColumn> columns) => Markup.Of(
        $"<tr role=\"row\" class=\"{RowClass(row.Role)}\"><th scope=\"row\" role=\"rowheader\">{HtmlElements.Arm(row.Arm, ArmLabel.For(row.Role))}</th>{row.Cells.Zip(columns, (cell, column) => Cell(cell, column, row.Role))}</tr>");

    private static string RowClass(ArmRole role) => role switch
    {
        ArmRole.Baseline => "baseline",
        ArmRole.Control => "control-row",
        _ => "variant",
    };

    private static Markup Cell(ReportCell cell, ReportColumn column, ArmRole role) => cell.Value is null
        ? Markup.Of($"<td role=\"cell\" colspan=\"2\" class=\"absent\" data-label=\"{column.TitleWithUnit}\">{cell.Absence}</td>")
        : Markup.Of($"<td role=\"cell\" class=\"value\" data-label=\"{column.TitleWithUnit}\">{cell.Value}</td><td role=\"cell\" class=\"change\">{(role == ArmRole.Baseline ? Markup.Empty : Change(cell))}</td>");

    private static Markup Change(ReportCell cell) => Markup.Of(
        $"<span class=\"first\">{(cell.Verdict is null ? Markup.Empty : HtmlElements.Verdict(cell.Verdict))} {Part("by", cell.Change)}</span> {Part("range", cell.Range)} {Part("missed", cell.Caveat)}");

    private static Markup Part(string cssClass, string? text) => text is null ? Markup.Empty : Markup.Of($"<span class=\"{cssClass}\">{text}</span>");
}

/// <summary>Writes every number, folded away until somebody wants to check.</summary>
internal static class HtmlDetails
{
    /// <summary>Writes the section.</summary>
    public static Markup Write(ReportContent content) => Markup.Of($"""
        <section class="every-number" aria-labelledby="details">
        <h2 id="details">Every number</h2>
        <p class="lead">Change and difference with their intervals, the change that would have been found, and the value of each launch set.</p>
        <p class="on-paper">These tables are too wide for paper and left out here: the page itself has them.</p>
        {content.Details.Select(Fold)}
        </section>
        """);

    private static Markup Fold(DetailTable table) => Markup.Of($"""
        <details>
        <summary>{table.Title}</summary>
        <div class="scroll" role="group" aria-label="Table: {table.Title}" tabindex="0">
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

/// <summary>Writes what several sections need.</summary>
internal static class HtmlElements
{
    /// <summary>Writes a verdict as sign and word.</summary>
    public static Markup Verdict(VerdictLabel verdict) =>
        Markup.Of($"<span class=\"verdict {verdict.Key}\"><span class=\"sign\" aria-hidden=\"true\">{verdict.Sign}</span> {verdict.Word}</span>");

    /// <summary>Writes an arm's name with its mark.</summary>
    public static Markup Arm(string name, string? mark) =>
        Markup.Of($"<bdi class=\"name\">{name}</bdi>{Markup.When(mark, word => Markup.Of($" <span class=\"mark\">{word}</span>"))}");

    /// <summary>Writes named facts.</summary>
    public static Markup FactList(IEnumerable<Fact> facts, string cssClass) =>
        Markup.Of($"<dl class=\"{cssClass}\">{facts.Select(fact => Markup.Of($"<div><dt>{fact.Name}</dt><dd><bdi dir=\"ltr\">{fact.Value}</bdi></dd></div>"))}</dl>");
}
