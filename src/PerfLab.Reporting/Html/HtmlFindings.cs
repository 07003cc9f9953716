using PerfLab.Experiments.Findings;
using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Html;

/// <summary>Writes what was doubtful, with what to do about it.</summary>
internal static class HtmlFindings
{
    /// <summary>Writes the section.</summary>
    public static Markup Write(ReportContent content) => Markup.Of($"""
        <section aria-labelledby="findings">
        <h2 id="findings">What to know before you rely on it</h2>
        {(content.Findings.Count == 0 ? Markup.Of($"<p class=\"lead\">Nothing doubtful was found.</p>") : Markup.Of($"<ul class=\"findings\">{content.Findings.Select(Item)}</ul>"))}
        </section>
        """);

    private static Markup Item(Finding finding)
    {
        var (sign, word, key) = FindingWords.For(finding.Severity);
        return Markup.Of($"""
            <li class="{key}">
            <p class="kind"><span class="sign" aria-hidden="true">{sign}</span> {word}</p>
            <div><p class="facts"><bdi class="name">{finding.Subject}</bdi> <bdi dir="ltr">{finding.Facts}</bdi></p><p class="advice"><bdi dir="ltr">{finding.Advice}</bdi></p></div>
            <p class="code">{finding.Code}</p>
            </li>
            """);
    }
}
