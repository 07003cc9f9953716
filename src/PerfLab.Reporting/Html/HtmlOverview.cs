using System.Globalization;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Html;

/// <summary>Writes the table of the first screen: arms down, costs across, each with its interval in words and as a bar.</summary>
internal static class HtmlOverview
{
    private const double BarWidth = 100;

    /// <summary>Sorts the table by a column. The page is complete without it.</summary>
    public const string Script = """
        document.querySelectorAll('table.overview').forEach(table => {
          const body = table.tBodies[0];
          const first = [...body.rows];
          [...table.tHead.rows[0].cells].forEach((cell, index) => {
            if (index === 0 || !first.some(row => row.cells[index].dataset.sort)) return;
            const button = document.createElement('button');
            button.type = 'button';
            button.append(...[...cell.childNodes].filter(node => node.nodeType === Node.TEXT_NODE));
            cell.prepend(button);
            button.addEventListener('click', () => {
              const order = cell.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
              [...table.tHead.rows[0].cells].forEach(other => other.removeAttribute('aria-sort'));
              cell.setAttribute('aria-sort', order);
              const key = row => row.cells[index].dataset.sort ? Number(row.cells[index].dataset.sort) : Infinity;
              body.append(...[...first].sort((one, other) => order === 'ascending' ? key(one) - key(other) : key(other) - key(one)));
            });
          });
        });
        """;

    /// <summary>Writes the table.</summary>
    public static Markup Write(ArmOverview overview) => overview.Rows.Count == 0 ? Markup.Empty : Markup.Of($"""
        {HtmlLegend.Write(overview)}
        <table class="overview" role="table" aria-label="What each arm costs">
        <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Arm</th>{overview.Columns.Select(Heading)}<th scope="col" role="columnheader">What you give up</th></tr></thead>
        <tbody role="rowgroup">
        {overview.Rows.Select(row => Row(row, overview.Columns))}
        </tbody>
        </table>
        {overview.Remarks.Select(remark => Markup.Of($"<p class=\"remark\"><bdi dir=\"ltr\">{remark}</bdi></p>"))}
        """);

    private static Markup Heading(OverviewHeading heading) => Markup.Of(
        $"<th scope=\"col\" role=\"columnheader\">{heading.Title}{Markup.When(heading.Matters, matters => Markup.Of($" <span class=\"matters\">{matters}</span>"))}</th>");

    private static Markup Row(OverviewRow row, IReadOnlyList<OverviewHeading> columns) => Markup.Of($"""
        <tr role="row" class="{(row.Choice is not null ? "recommended" : row.IsBroken ? "broken" : "arm")}">
        <th scope="row" role="rowheader">{HtmlElements.Arm(row.Arm, row.Mark)}{Markup.When(row.Choice, word => Markup.Of($" <span class=\"mark chosen\">{word}</span>"))}{(row.IsBroken ? Markup.Of($" <span class=\"mark\">broken</span>") : Markup.Empty)}<span class="meaning"><bdi>{row.Meaning}</bdi></span></th>
        {row.Cells.Zip(columns, Cell)}
        <td role="cell" class="given" data-label="What you give up">{row.GivenUp.Select(text => Markup.Of($"<span class=\"part\"><bdi dir=\"ltr\">{text}</bdi></span>"))}</td>
        </tr>
        """);

    private static Markup Cell(OverviewCell cell, OverviewHeading heading) => cell.Value is null
        ? Markup.Of($"<td role=\"cell\" class=\"absent\" data-label=\"{heading.Title}\">{cell.Absence}</td>")
        : Markup.Of($"<td role=\"cell\" data-label=\"{heading.Title}\"{Sort(cell)}><span class=\"{(cell.Statement?.Label?.Key == "unsure" ? "amount unsure" : "amount")}\">{cell.Value}{Markup.When(cell.Percent, percent => Markup.Of($" <span class=\"percent\">{percent}</span>"))}</span>{Markup.When(cell.Bar, bar => Bar(bar, cell.Statement?.Label))}{Markup.When(cell.Statement, Statement)}</td>");

    private static Markup Sort(OverviewCell cell) => cell.SortKey is { } key ? Markup.Of($" data-sort=\"{key.ToString("R", CultureInfo.InvariantCulture)}\"") : Markup.Empty;

    private static Markup Statement(IntervalStatement statement) => Markup.Of(
        $"<span class=\"said {statement.Label?.Key}\">{Markup.When(statement.Label, label => Markup.Of($"<span class=\"sign\" role=\"img\" aria-label=\"{label.Matters}\">{label.Sign}</span> "))}{statement.Text}</span>{Markup.When(statement.Note, note => Markup.Of($"<span class=\"range\">{note}</span>"))}");

    private static Markup Bar(IntervalBar bar, VerdictLabel? label) => Markup.Of($"""
        <svg class="bar {label?.Key}" viewBox="-1 0 102 10" width="102" height="10" aria-hidden="true"><line class="zero" x1="{X(bar.Zero)}" x2="{X(bar.Zero)}" y1="0" y2="10"/><line class="limit" x1="{X(bar.Threshold)}" x2="{X(bar.Threshold)}" y1="0" y2="10"/><rect class="reach" x="{X(bar.Low)}" y="3" width="{X(Math.Max(bar.High - bar.Low, 0.008))}" height="4" rx="2"/>{(bar.Budget is { } budget ? HtmlLegend.BudgetLine(X(budget)) : Markup.Empty)}<circle class="point" cx="{X(bar.Estimate)}" cy="5" r="3"/></svg>
        """);

    private static string X(double place) => (Math.Clamp(place, 0, 1) * BarWidth).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>Writes how to read the bars and the signs: of each only what the table has.</summary>
internal static class HtmlLegend
{
    // In the order of how much they say. The texts are those of the verdicts, shortened.
    private static readonly (string Key, Markup Text)[] s_signs =
    [
        ("more", Markup.Of($"<b class=\"more\">▲ more</b>, beyond the threshold")),
        ("less", Markup.Of($"<b class=\"less\">▼ less</b>, beyond the threshold")),
        ("open", Markup.Of($"<b class=\"open\">△ ▽</b> not proven to matter")),
        ("same", Markup.Of($"<b>≈</b> too little to matter")),
        ("nothing", Markup.Of($"<b>○</b> none found")),
        ("unsure", Markup.Of($"<b class=\"unsure\">?</b> cannot tell")),
    ];

    /// <summary>Writes it; nothing where no bar is drawn.</summary>
    public static Markup Write(ArmOverview overview)
    {
        OverviewCell[] cells = [.. overview.Rows.SelectMany(row => row.Cells).Where(cell => cell.Bar is not null)];
        var keys = cells.Select(cell => cell.Statement?.Label?.Key).ToHashSet(StringComparer.Ordinal);
        return cells.Length == 0 ? Markup.Empty : Markup.Of($"""
            <div class="legend">
            <ul aria-label="How to read the bars">
            <li><svg class="bar" viewBox="0 0 26 10" width="26" height="10" aria-hidden="true"><rect class="reach" x="1" y="3" width="24" height="4" rx="2"/><circle class="point" cx="13" cy="5" r="3"/></svg> change: 95 % interval, estimate</li>
            <li><svg class="bar" viewBox="0 0 4 10" width="4" height="10" aria-hidden="true"><line class="zero" x1="2" x2="2" y1="0" y2="10"/></svg> no change</li>
            <li><svg class="bar" viewBox="0 0 4 10" width="4" height="10" aria-hidden="true"><line class="limit" x1="2" x2="2" y1="0" y2="10"/></svg> practical threshold</li>
            {overview.Budgets.Select(budget => Markup.Of($"<li><svg class=\"bar\" viewBox=\"0 0 6 10\" width=\"6\" height=\"10\" aria-hidden=\"true\">{BudgetLine("3")}</svg> budget <bdi dir=\"ltr\">{budget}</bdi></li>"))}
            </ul>
            <ul aria-label="What the signs mean">
            {s_signs.Where(sign => keys.Contains(sign.Key)).Select(sign => Markup.Of($"<li>{sign.Text}</li>"))}
            </ul>
            </div>
            """);
    }

    /// <summary>Draws the budget into a bar: with serifs, so that it is told from the other lines without color.</summary>
    /// <param name="x">Where.</param>
    public static Markup BudgetLine(string x) => Markup.Of($"<path class=\"budget\" transform=\"translate({x} 0)\" d=\"M-2.5 0.75H2.5M0 0.75V9.25M-2.5 9.25H2.5\"/>");
}
