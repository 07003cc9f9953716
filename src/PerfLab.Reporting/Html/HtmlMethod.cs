using PerfLab.Experiments.Results;
using PerfLab.Experiments;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using PerfLab.Reporting.Wording.Findings;

namespace PerfLab.Reporting.Html;

/// <summary>Writes how it was measured, on what, and how to write the report again.</summary>
internal static class HtmlMethod
{
    /// <summary>Writes the sections.</summary>
    public static Markup Write(ReportContent content) => Markup.Of($"""
        <section aria-labelledby="verdicts">
        <h2 id="verdicts">How to read the verdicts</h2>
        {HtmlElements.FactList(content.Verdicts, "prose")}
        </section>
        <section aria-labelledby="method">
        <h2 id="method">How it was measured</h2>
        {HtmlElements.FactList(content.Method, "prose")}
        </section>
        <section aria-labelledby="machine">
        <h2 id="machine">Machine and settings</h2>
        {HtmlElements.FactList(content.Machine, "prose machine")}
        <h3>Runtime settings of every target</h3>
        {Variables(content)}
        <h3>Program and environment of each arm</h3>
        <dl class="prose machine environment">{content.ArmSettings.Select(Settings)}</dl>
        <h3 id="gaps">Not measured</h3>
        {(content.NotMeasured.Count == 0 ? Markup.Of($"<p>Everything in the catalogue was measured.</p>") : Markup.Of($"<ul class=\"gaps\">{content.NotMeasured.Select(gap => Markup.Of($"<li><bdi dir=\"ltr\">{gap}</bdi></li>"))}</ul>"))}
        </section>
        """);

    /// <summary>Writes the foot of the page.</summary>
    public static Markup WriteFooter(ReportContent content) => Markup.Of($"""
        <footer>
        <p>This page is made from the raw files of the run and nothing else. To write it again, byte for byte: <code>{content.RebuildCommand}</code></p>
        </footer>
        """);

    private static Markup Variables(ReportContent content) => content.RuntimeKnobs.Count == 0
        ? Markup.Of($"<p>None: the runtime is untouched.</p>")
        : Markup.Of($"<ul class=\"variables\">{content.RuntimeKnobs.Select(knob => Markup.Of($"<li><code>{knob.Name}={knob.Value}</code></li>"))}</ul>");

    private static Markup Settings(Fact arm) => Markup.Of(
        $"<div><dt><bdi>{arm.Name}</bdi></dt><dd>{(arm.Value.Length == 0 ? [Markup.Of($"nothing set")] : arm.Value.Split('\n').Select(line => Markup.Of($"<code>{line}</code>")))}</dd></div>");
}

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
        var (sign, word, key) = FindingWording.For(finding.Severity);
        var (facts, advice) = FindingWording.Of(finding);
        return Markup.Of($"""
            <li class="{key}">
            <p class="kind"><span class="sign" aria-hidden="true">{sign}</span> {word}</p>
            <div><p class="facts"><bdi class="name">{finding.Subject}</bdi> <bdi dir="ltr">{facts}</bdi></p><p class="advice"><bdi dir="ltr">{advice}</bdi></p></div>
            <p class="code">{finding.Code}</p>
            </li>
            """);
    }
}
