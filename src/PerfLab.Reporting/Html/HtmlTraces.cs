using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Html;

/// <summary>Writes drawings of traces into the page.</summary>
internal static class HtmlTraces
{
    /// <summary>Writes one.</summary>
    public static Markup Figure(TraceFigure figure) => Markup.Of($"""
        <figure class="trace">
        <h3><bdi>{figure.Title}</bdi></h3>
        <div class="scroll" role="region" aria-label="{figure.Title}" tabindex="0">
        {(figure.Waterfall is { } trace ? WaterfallDrawing.Of(trace) : ServiceMapDrawing.Of(figure.Edges))}
        </div>
        {Markup.When(figure.Link, link => Markup.Of($"<figcaption><a href=\"{link}\" rel=\"noreferrer\">Open this trace</a></figcaption>"))}
        </figure>
        """);
}
