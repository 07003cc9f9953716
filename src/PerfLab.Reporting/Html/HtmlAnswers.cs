using PerfLab.Experiments.Findings;
using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Html;

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
        <div><h3>{HtmlParts.Arm(answer.Arm, answer.Mark)}</h3><p class="meaning"><bdi>{answer.Meaning}</bdi></p></div>
        <div><p class="sentence"><bdi dir="ltr">{answer.Answer}</bdi></p>{answer.Findings.Select(Caution)}</div>
        </li>
        """);

    private static Markup Caution(Finding finding) =>
        Markup.Of($"<p class=\"caution\"><span class=\"sign\" aria-hidden=\"true\">!</span> <bdi dir=\"ltr\">{finding.Facts}</bdi></p>");
}
