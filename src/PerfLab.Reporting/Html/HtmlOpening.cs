using PerfLab.Experiments.Results;
using PerfLab.Experiments;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using PerfLab.Reporting.Wording.Findings;

namespace PerfLab.Reporting.Html;

/// <summary>Writes what stands first: the question, the answer in one sentence, how far it is settled, and whether the measuring can be trusted.</summary>
internal static class HtmlOpening
{
    /// <summary>Writes it.</summary>
    public static Markup Write(ReportContent content) => Markup.Of($"""
        <header class="opening">
        <p class="eyebrow"><span>PerfLab</span> <span>scenario <bdi>{content.Scenario}</bdi></span> <span class="run"><bdi>{content.RunId}</bdi></span></p>
        <h1><bdi>{content.Question}</bdi></h1>
        <p class="headline"><bdi dir="ltr">{content.Headline}</bdi></p>
        {Markup.When(content.Interruption, text => Markup.Of($"<p class=\"notice\" role=\"note\"><span class=\"sign\" aria-hidden=\"true\">!</span> {text}</p>"))}
        <div class="states">
        <section class="state {content.Decision.Key}" aria-labelledby="recommendation">
        <h2 id="recommendation" class="badge"><span class="sign" aria-hidden="true">{content.Decision.Sign}</span> {content.Decision.Word}</h2>
        {Changes(content)}
        </section>
        <section class="state trust" aria-labelledby="trust">
        <h2 id="trust" class="badge"><span class="sign" aria-hidden="true">{content.TrustLabel.Sign}</span> {content.TrustLabel.Measurement}</h2>
        <details>
        <summary class="trust-sentence"><b>How sure:</b> <bdi dir="ltr">{content.TrustBasis} {content.TrustSentence}</bdi></summary>
        {Reasons(content)}
        {Control(content)}
        </details>
        </section>
        </div>
        {HtmlOverview.Write(content.Overview)}
        {HtmlThresholds.Write(content)}
        {HtmlElements.FactList(content.KeyFacts, "figures")}
        </header>
        """);

    private static Markup Changes(ReportContent content) => content.WhatWouldChangeIt switch
    {
        [] => Markup.When(content.WithoutConditions, text => Markup.Of($"<p class=\"changes\"><bdi dir=\"ltr\">{text}</bdi></p>")),
        [var only] => Markup.Of($"<p class=\"changes\"><b>What would change it:</b> <bdi dir=\"ltr\">{only}</bdi></p>"),
        var several => Markup.Of($"<div class=\"changes\"><p><b>What would change it:</b></p><ul>{several.Select(text => Markup.Of($"<li><bdi dir=\"ltr\">{text}</bdi></li>"))}</ul></div>"),
    };

    private static Markup Reasons(ReportContent content) => content.TrustReasons.Count == 0
        ? Markup.Empty
        : Markup.Of($"<ul class=\"reasons\">{content.TrustReasons.Select(reason => Markup.Of($"<li><bdi dir=\"ltr\">{reason}</bdi></li>"))}</ul>");

    private static Markup Control(ReportContent content) => content.Control.Count == 0
        ? Markup.Of($"<p class=\"control\">This run has no control arm.</p>")
        : Markup.Of($"""
            <div class="control">
            <table class="plain">
            <caption>The control against the baseline</caption>
            <thead><tr><th scope="col">Metric</th><th scope="col" class="number">Change</th><th scope="col" class="number">Interval</th><th scope="col" class="number">Threshold</th><th scope="col">Verdict</th></tr></thead>
            <tbody>
            {content.Control.Select(Line)}
            </tbody>
            </table>
            </div>
            """);

    private static Markup Line(ControlLine line) => Markup.Of(
        $"<tr><th scope=\"row\">{line.Metric}</th><td class=\"number\">{line.Change ?? "–"}</td><td class=\"number\">{line.Range ?? "no interval"}</td><td class=\"number\">{line.Threshold}</td><td>{HtmlElements.Verdict(line.Verdict)}</td></tr>");
}

/// <summary>Writes what the run says of the scenario's thresholds.</summary>
internal static class HtmlThresholds
{
    /// <summary>Writes the section; nothing where the scenario has no thresholds.</summary>
    public static Markup Write(ReportContent content) => content.Thresholds.Count == 0
        ? Markup.Empty
        : Markup.Of($"""
            <section class="thresholds" aria-labelledby="thresholds">
            <h2 id="thresholds">Thresholds</h2>
            {content.Thresholds.Select(Line)}
            </section>
            """);

    private static Markup Line(ThresholdLine line) => Markup.Of($"""
        <details class="{line.Label.Key}">
        <summary><span class="kind"><span class="sign" aria-hidden="true">{line.Label.Sign}</span> {line.Label.Word}</span> <bdi class="code" dir="ltr">{line.Condition}</bdi></summary>
        <div>{line.Sentences.Select(sentence => Markup.Of($"<p><bdi dir=\"ltr\">{sentence}</bdi></p>"))}</div>
        </details>
        """);
}

/// <summary>Writes one sentence of answer for each arm.</summary>
internal static class HtmlAnswers
{
    /// <summary>Writes the section.</summary>
    public static Markup Write(ReportContent content) => Markup.Of($"""
        <section aria-labelledby="answers">
        <h2 id="answers">The answer, arm by arm</h2>
        <ul class="answers">
        {content.Answers.Select(Answer)}
        </ul>
        </section>
        """);

    private static Markup Answer(ArmAnswer answer) => Markup.Of($"""
        <li>
        <div><h3>{HtmlElements.Arm(answer.Arm, answer.Mark)}</h3><p class="meaning"><bdi>{answer.Meaning}</bdi></p></div>
        <div><p class="sentence"><bdi dir="ltr">{answer.Answer}</bdi></p>{answer.Findings.Select(Caution)}</div>
        </li>
        """);

    private static Markup Caution(Finding finding) =>
        Markup.Of($"<p class=\"caution\"><span class=\"sign\" aria-hidden=\"true\">!</span> <bdi dir=\"ltr\">{FindingWording.Of(finding).Facts}</bdi></p>");
}
