using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Html;

/// <summary>Writes what the run says of the scenario's thresholds.</summary>
internal static class HtmlThresholds
{
    /// <summary>Writes the section; nothing where the scenario has no thresholds.</summary>
    public static Markup Write(ReportContent content) => content.Thresholds.Count == 0
        ? Markup.Empty
        : Markup.Of($"""
            <section aria-labelledby="thresholds">
            <h2 id="thresholds">Thresholds</h2>
            <ul class="findings thresholds">{content.Thresholds.Select(Line)}</ul>
            </section>
            """);

    private static Markup Line(ThresholdLine line) => Markup.Of($"""
        <li class="{line.Label.Key}">
        <p class="kind"><span class="sign" aria-hidden="true">{line.Label.Sign}</span> {line.Label.Word}</p>
        <div>{line.Sentences.Select(sentence => Markup.Of($"<p><bdi dir=\"ltr\">{sentence}</bdi></p>"))}</div>
        <p class="code"><bdi dir="ltr">{line.Condition}</bdi></p>
        </li>
        """);
}
