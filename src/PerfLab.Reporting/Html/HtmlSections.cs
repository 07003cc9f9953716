using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Html;

/// <summary>Writes the sections that only some runs have.</summary>
internal static class HtmlSections
{
    /// <summary>Writes them.</summary>
    public static Markup Write(IReadOnlyList<ReportSection> sections) => Markup.Of($"{sections.Select(Section)}");

    private static Markup Section(ReportSection section) => Markup.Of($"""
        <section aria-labelledby="{section.Key}">
        <h2 id="{section.Key}">{section.Title}</h2>
        <p class="lead">{section.Lead}{Markup.When(section.File, file => Markup.Of($" <a href=\"{file.Name}\">{file.Name}</a> {file.Purpose}"))}</p>
        {section.Figures.Select(HtmlTraces.Figure)}
        {Markup.When(section.Rows.Count == 0 ? null : section, Table)}
        </section>
        """);

    /// <summary>Writes the table of a section alone.</summary>
    public static Markup Table(ReportSection section) => Markup.Of($"""
        <div class="scroll" role="group" aria-label="Table: {section.Title}" tabindex="0">
        <table class="plain">
        <thead><tr>{section.Headers.Select((header, index) => Markup.Of($"<th scope=\"col\" class=\"{(index == 0 ? "name" : ClassOf(section, index))}\">{header}</th>"))}</tr></thead>
        <tbody>
        {section.Rows.Select(cells => Row(section, cells))}
        </tbody>
        </table>
        </div>
        """);

    private static Markup Row(ReportSection section, IReadOnlyList<string> cells) => Markup.Of(
        $"<tr><th scope=\"row\" class=\"name\"><bdi>{cells[0]}</bdi></th>{cells.Skip(1).Select((cell, index) => Markup.Of($"<td class=\"{ClassOf(section, index + 1)}\">{cell}</td>"))}</tr>");

    private static string ClassOf(ReportSection section, int column) => section.WordColumns.Contains(column) ? "words" : "number";
}

/// <summary>Writes drawings of traces into the page.</summary>
internal static class HtmlTraces
{
    /// <summary>Writes one.</summary>
    public static Markup Figure(TraceFigure figure) => Markup.Of($"""
        <figure class="trace">
        <h3><bdi>{figure.Title}</bdi></h3>
        <div class="scroll" role="group" aria-label="Drawing: {figure.Title}" tabindex="0">
        {(figure.Waterfall is { } trace ? WaterfallDrawing.Of(trace) : ServiceMapDrawing.Of(figure.Edges))}
        </div>
        {Markup.When(figure.Link, link => Markup.Of($"<figcaption><a href=\"{link}\" rel=\"noreferrer\">Open this trace</a></figcaption>"))}
        </figure>
        """);
}

/// <summary>Writes the charts into the page, each drawn for a wide and for a narrow screen.</summary>
internal static class HtmlCharts
{
    /// <summary>Writes the front with its table; nothing where no chart is one.</summary>
    public static Markup WriteFront(IReadOnlyList<IChart> charts) => Markup.When(charts.OfType<FrontChart>().FirstOrDefault(), chart => Markup.Of($"""
        <section aria-labelledby="{chart.Table.Key}">
        <h2 id="{chart.Table.Key}">{chart.Table.Title}</h2>
        <p class="lead">{chart.Table.Lead}</p>
        <div class="charts front">
        {Beside(charts).Select(Figure)}
        {Figure(chart)}
        </div>
        {HtmlSections.Table(chart.Table)}
        </section>
        """));

    /// <summary>Writes the section of all charts but those of the front.</summary>
    public static Markup Write(IReadOnlyList<IChart> charts) => Markup.Of($"""
        <section aria-labelledby="charts">
        <h2 id="charts">The picture</h2>
        {(charts.Count == 0 ? Markup.Of($"<p class=\"lead\">There is nothing to draw: no metric of a chart was measured.</p>") : Markup.Empty)}
        <div class="charts">
        {charts.Where(chart => chart is not FrontChart).Except(Beside(charts)).Select(Figure)}
        </div>
        </section>
        """);

    private static Markup Figure(IChart chart) => Markup.Of($"""
        <figure>
        <h3><bdi dir="ltr">{chart.Title}</bdi></h3>
        {Svg(chart, ChartFrame.Wide, "wide")}
        {Svg(chart, ChartFrame.Narrow, "narrow")}
        <figcaption>{chart.Caption}</figcaption>
        {Markup.When(chart is FrontChart or TrendChart ? null : chart.Table, Fold)}
        </figure>
        """);

    // Cost with its intervals stands beside the front, before anything that has to be scrolled to.
    private static IEnumerable<IChart> Beside(IReadOnlyList<IChart> charts) => charts.Any(chart => chart is FrontChart) ? charts.OfType<ForestChart>().Take(1) : [];

    private static Markup Fold(ReportSection table) => Markup.Of($"""
        <details class="chart-table">
        <summary>As a table</summary>
        {HtmlSections.Table(table)}
        </details>
        """);

    // SvgRewriter lets only known elements through and writes all text as XML text.
    private static Markup Svg(IChart chart, ChartFrame frame, string key) => new(ChartImage.SvgElement(chart, frame, key));
}
