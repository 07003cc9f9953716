using System.Text;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using PerfLab.Reporting.Wording.Findings;

namespace PerfLab.Reporting;

/// <summary>Writes the report in GitHub's Markdown, in the order of the HTML report.</summary>
internal static class MarkdownReport
{
    // GitHub's limit of a step summary.
    private const int MostBytes = 1_048_576;

    /// <summary>Writes the file's text.</summary>
    public static string Write(ReportContent content, IReadOnlyList<IChart> charts)
    {
        var text = new StringBuilder();
        Opening(text, content);
        Thresholds(text, content);
        if (charts.OfType<FrontChart>().FirstOrDefault() is { } front)
        {
            Extras(text, [front.Table], section => Chart(text, front));
        }

        Extras(text, content.Extra);

        Answers(text, content);
        Section(text, "The numbers");
        Paragraph(text, "Value (median over launch sets), change against the baseline with its interval, verdict.");
        Paragraph(text, MarkdownText.Escape(string.Join(" ", content.Noise)));
        if (content.Tables.Count == 0)
        {
            Paragraph(text, "Nothing was measured.");
        }

        foreach (var table in content.Tables)
        {
            MarkdownTables.Metrics(text, table);
        }

        Charts(text, charts);
        Extras(text, content.Traces);
        Findings(text, content);
        Section(text, "How to read the verdicts");
        Facts(text, content.Verdicts);
        Section(text, "How it was measured");
        Facts(text, content.Method);
        Machine(text, content);
        Section(text, "Write this again");
        Paragraph(text, $"From the raw files of the run, byte for byte: {MarkdownText.Code(content.RebuildCommand)}");
        return MarkdownText.Cut(text.ToString().TrimEnd() + "\n", MostBytes, "report.html has everything.");
    }

    private static void Extras(StringBuilder text, IReadOnlyList<ReportSection> sections, Action<ReportSection>? beforeTable = null)
    {
        foreach (var extra in sections)
        {
            Section(text, extra.Title);
            Paragraph(text, MarkdownText.Escape(extra.Lead) + (extra.File is { } file ? $" [{file.Name}]({file.Name}) {MarkdownText.Escape(file.Purpose)}" : string.Empty));
            beforeTable?.Invoke(extra);
            if (extra.Rows.Count > 0)
            {
                MarkdownTables.Extra(text, extra);
            }
        }
    }

    private static void Opening(StringBuilder text, ReportContent content)
    {
        text.Append("# ").Append(MarkdownText.Escape(content.Question)).Append("\n\n");
        Paragraph(text, $"**{MarkdownText.Escape(content.Headline)}**");
        var changes = content.WhatWouldChangeIt switch
        {
            [] => content.WithoutConditions ?? string.Empty,
            [var only] => $"What would change it: {only}",
            _ => "What would change it:",
        };
        Paragraph(text, $"**{content.Decision.Sign} {content.Decision.Word}.** {MarkdownText.Escape(changes)}".TrimEnd());
        List(text, content.WhatWouldChangeIt.Skip(content.WhatWouldChangeIt.Count > 1 ? 0 : 1).Select(MarkdownText.Escape));

        if (content.Interruption is { } interruption)
        {
            text.Append("> [!WARNING]\n> ").Append(MarkdownText.Escape(interruption)).Append("\n\n");
        }

        Paragraph(text, $"**{content.TrustLabel.Sign} {content.TrustLabel.Measurement}.** {MarkdownText.Escape($"{content.TrustBasis} {content.TrustSentence}")}");
        if (content.Overview.Rows.Count > 0)
        {
            MarkdownTables.Overview(text, content.Overview);
        }

        List(text, content.TrustReasons.Select(MarkdownText.Escape));
        if (content.Control.Count > 0)
        {
            MarkdownTables.Control(text, content.Control);
        }

        Paragraph(text, string.Join(" · ", content.KeyFacts.Select(fact => $"{MarkdownText.Escape(fact.Name)} {MarkdownText.Escape(fact.Value)}")));
    }

    private static void Thresholds(StringBuilder text, ReportContent content)
    {
        if (content.Thresholds.Count == 0)
        {
            return;
        }

        Section(text, "Thresholds");
        List(text, content.Thresholds.Select(line =>
            $"**{line.Label.Sign} {line.Label.Word}:** {MarkdownText.Code(line.Condition)}{string.Concat(line.Sentences.Select(sentence => $"\n  - {MarkdownText.Escape(sentence)}"))}"));
    }

    private static void Answers(StringBuilder text, ReportContent content)
    {
        Section(text, "The answer, arm by arm");
        List(text, content.Answers.Select(answer =>
        {
            var mark = answer.Mark is null ? string.Empty : $" ({answer.Mark})";
            var cautions = string.Concat(answer.Findings.Select(finding => $" **!** {MarkdownText.Escape(FindingWording.Of(finding).Facts)}"));
            return $"**{MarkdownText.Escape(answer.Arm)}**{mark}: {MarkdownText.Escape(answer.Answer)}{cautions}";
        }));
    }

    private static void Charts(StringBuilder text, IReadOnlyList<IChart> charts)
    {
        Section(text, "The picture");
        foreach (var chart in charts.Where(chart => chart is not FrontChart))
        {
            text.Append("### ").Append(MarkdownText.Escape(chart.Title)).Append("\n\n");
            Chart(text, chart);
        }

        if (charts.Count == 0)
        {
            Paragraph(text, "There is nothing to draw: no metric of a chart was measured.");
        }
    }

    private static void Chart(StringBuilder text, IChart chart)
    {
        text.Append("![").Append(MarkdownText.Escape(chart.Description)).Append("](charts/").Append(chart.Stem).Append(".svg)\n\n");
        Paragraph(text, $"{MarkdownText.Escape(chart.Caption)} As [PNG](charts/{chart.Stem}.png).");
    }

    private static void Findings(StringBuilder text, ReportContent content)
    {
        Section(text, "What to know before you rely on it");
        if (content.Findings.Count == 0)
        {
            Paragraph(text, "Nothing doubtful was found.");
            return;
        }

        List(text, content.Findings.Select(Line));
    }

    private static string Line(Finding finding)
    {
        var (facts, advice) = FindingWording.Of(finding);
        return $"**{FindingWording.For(finding.Severity).Word}, {MarkdownText.Escape(finding.Subject)}:** {MarkdownText.Escape(facts)} {MarkdownText.Escape(advice)} ({MarkdownText.Code(finding.Code)})";
    }

    private static void Machine(StringBuilder text, ReportContent content)
    {
        Section(text, "Machine and settings");
        Facts(text, content.Machine);
        Paragraph(text, "Runtime settings of every target: " + (content.RuntimeKnobs.Count == 0
            ? "none, the runtime is untouched."
            : string.Join(", ", content.RuntimeKnobs.Select(knob => MarkdownText.Code($"{knob.Name}={knob.Value}"))) + "."));
        Paragraph(text, "Program and environment of each arm:");
        List(text, content.ArmSettings.Select(arm =>
            $"{MarkdownText.Escape(arm.Name)}: {(arm.Value.Length == 0 ? "nothing set" : string.Join(", ", arm.Value.Split('\n').Select(MarkdownText.Code)))}"));
        Paragraph(text, content.NotMeasured.Count == 0 ? "Everything in the catalogue was measured." : "Not measured:");
        List(text, content.NotMeasured.Select(MarkdownText.Escape));
    }

    private static void Section(StringBuilder text, string title) => text.Append("## ").Append(title).Append("\n\n");

    private static void Paragraph(StringBuilder text, string words) => text.Append(words).Append("\n\n");

    private static void Facts(StringBuilder text, IEnumerable<Fact> facts) =>
        List(text, facts.Select(fact => $"**{MarkdownText.Escape(fact.Name)}:** {MarkdownText.Escape(fact.Value)}"));

    private static void List(StringBuilder text, IEnumerable<string> items)
    {
        var any = false;
        foreach (var item in items)
        {
            text.Append("- ").Append(item).Append('\n');
            any = true;
        }

        _ = any ? text.Append('\n') : text;
    }
}
