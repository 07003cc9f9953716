using PerfLab.Reporting.Charts;

namespace PerfLab.Reporting.Html;

/// <summary>Writes the charts into the page, each drawn for a wide and for a narrow screen.</summary>
internal static class HtmlCharts
{
    /// <summary>Writes the section.</summary>
    public static Markup Write(IReadOnlyList<IChart> charts) => Markup.Of($"""
        <section aria-labelledby="charts">
        <h2 id="charts">The picture</h2>
        {(charts.Count == 0 ? Markup.Of($"<p class=\"lead\">There is nothing to draw: no metric of a chart was measured.</p>") : Markup.Empty)}
        <div class="charts">
        {charts.Select(Figure)}
        </div>
        </section>
        """);

    private static Markup Figure(IChart chart) => Markup.Of($"""
        <figure>
        <h3><bdi dir="ltr">{chart.Title}</bdi></h3>
        {Svg(chart, ChartFrame.Wide, "wide")}
        {Svg(chart, ChartFrame.Narrow, "narrow")}
        <figcaption>{chart.Caption}</figcaption>
        </figure>
        """);

    // SvgRewriter lets only known elements through and writes all text as XML text.
    private static Markup Svg(IChart chart, ChartFrame frame, string key) => new(ChartImage.SvgElement(chart, frame, key));
}
