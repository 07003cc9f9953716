using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using PerfLab.Reporting.Wording.Findings;

namespace PerfLab.Reporting.Terminal;

/// <summary>What a person sees at the end of a run, as rows and cells without any terminal library's types.</summary>
public sealed record TerminalSummary
{
    private static readonly MetricId[] Shown = [MetricId.Cpu, MetricId.Allocation, MetricId.ExportedBytes];

    /// <summary>Gets the answer in one sentence.</summary>
    public required TerminalText Headline { get; init; }

    /// <summary>Gets the trust: the level in a word, then the sentence with the control's intervals.</summary>
    public required IReadOnlyList<TerminalText> Trust { get; init; }

    /// <summary>Gets what the table shows, for a line above it.</summary>
    public required TerminalText Caption { get; init; }

    /// <summary>Gets the table's columns: the arm, and for each metric its value and, where there is one, its change.</summary>
    public required IReadOnlyList<TerminalColumn> Columns { get; init; }

    /// <summary>Gets the table's rows, one for each arm in plan order; each has as many cells as there are columns.</summary>
    public required IReadOnlyList<IReadOnlyList<TerminalText>> Rows { get; init; }

    /// <summary>Gets one sentence of answer for each arm but the baseline.</summary>
    public required IReadOnlyList<TerminalText> Answers { get; init; }

    /// <summary>Gets what is known of the machine's noise.</summary>
    public required TerminalText Noise { get; init; }

    /// <summary>Gets tables that only some runs have.</summary>
    public required IReadOnlyList<TerminalSection> Sections { get; init; }

    /// <summary>Gets what the run says of each threshold: the outcome in a word, then a sentence; empty where there are none.</summary>
    public required IReadOnlyList<IReadOnlyList<TerminalText>> Thresholds { get; init; }

    /// <summary>Gets warnings and worse, each with what to do about it, and whether the run ended before its plan.</summary>
    public required IReadOnlyList<TerminalText> Cautions { get; init; }

    /// <summary>Composes the summary of a run. A terminal that is not UTF-8 gets plain characters where it is written to.</summary>
    public static TerminalSummary Compose(RunAnalysis analysis)
    {
        var formats = Shown
            .Where(metric => analysis.Arms.Any(arm => MetricTables.Find(arm, metric)?.Value is not null))
            .Select(metric => new MetricColumnFormat(MetricCatalog.Get(metric), analysis))
            .ToArray();
        return new TerminalSummary
        {
            Headline = new TerminalText(Text(ReportComposer.Headline(analysis)), TerminalStyle.Strong),
            Trust =
            [
                new(TrustLabel.For(analysis.Trust.Level).Word, StyleOf(analysis.Trust.Level)),
                new(Text(TrustWording.Sentence(analysis.Trust))),
            ],
            Caption = new TerminalText($"Per request, against {Text(Baseline(analysis))}; median of {DisplayText.Counted(analysis.LaunchSets, "launch set")}; more? less? = a change, not proven to matter; ? = cannot tell", TerminalStyle.Muted),
            Columns = [new TerminalColumn("Arm", IsNumber: false), .. formats.SelectMany(TerminalColumns.Of)],
            Rows = [.. analysis.Arms.Select(arm => Row(arm, formats))],
            Answers = [.. analysis.Arms.Where(arm => arm.Role != ArmRole.Baseline || arm.Health.Faults.Count > 0).Select(arm => new TerminalText(Text(ArmHealthWording.Answer(arm, analysis))))],
            Noise = new TerminalText(Text(string.Join(" ", MachineNoiseWording.Compose(analysis.MachineNoise))), TerminalStyle.Muted),
            Sections = [.. ReportComposer.ExtraSections(analysis).Select(Section)],
            Thresholds = [.. ThresholdWording.Compose(analysis.Thresholds).SelectMany(ThresholdRows)],
            Cautions = Caution(analysis),
        };
    }

    private static IReadOnlyList<TerminalText> Row(ArmAnalysis arm, IEnumerable<MetricColumnFormat> formats)
    {
        // The caption names the baseline already; the control must be told from a variant.
        var mark = (arm.Role == ArmRole.Control ? $" {ArmLabel.For(arm.Role)}" : string.Empty) + (arm.Health.State == ArmState.Broken ? " (broken)" : string.Empty);
        var style = arm.Role == ArmRole.Variant ? TerminalStyle.Plain : TerminalStyle.Muted;
        return
        [
            new(Text(arm.Name) + mark, style),
            .. formats.SelectMany(format => TerminalColumns.Cells(format, MetricTables.Find(arm, format.Metric), arm.Role)),
        ];
    }

    private static TerminalSection Section(ReportSection section) => new(
        Text(section.Title),
        Text(section.Lead),
        [.. (section.BriefHeaders ?? section.Headers).Select(Text)],
        [.. (section.BriefRows ?? section.Rows).Select(row => row.Select(Text).ToArray())],
        section.WordColumns);

    // The sentence of each arm carries its numbers and names the condition; the word stands before the first only.
    private static IEnumerable<IReadOnlyList<TerminalText>> ThresholdRows(ThresholdLine line) =>
        line.Sentences.Select<string, IReadOnlyList<TerminalText>>((sentence, index) =>
        [
            new(index == 0 ? line.Label.Word : string.Empty, StyleOf(line.Label)),
            new(Text(sentence)),
        ]);

    private static TerminalStyle StyleOf(ThresholdLabel label) => label.Key switch
    {
        "proven" => TerminalStyle.Good,
        "violated" => TerminalStyle.Bad,
        _ => TerminalStyle.Doubtful,
    };

    private static IReadOnlyList<TerminalText> Caution(RunAnalysis analysis)
    {
        var findings = analysis.Findings
            .Where(finding => finding.Severity >= FindingSeverity.Warning)
            .OrderByDescending(finding => finding.Severity)
            .Select(finding => (finding.Subject, Text: FindingWording.Of(finding)))
            .Select(finding => new TerminalText(Text($"{finding.Subject}: {finding.Text.Facts} {finding.Text.Advice}"), TerminalStyle.Doubtful));
        var unfinished = $"The run ended before its plan: {analysis.LaunchSets} of {DisplayText.Counted(analysis.Plan.LaunchSets, "launch set")}.";
        return analysis.Completed ? [.. findings] : [new TerminalText(unfinished, TerminalStyle.Doubtful), .. findings];
    }

    private static string Baseline(RunAnalysis analysis) =>
        analysis.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Baseline)?.Name ?? "the baseline";

    private static TerminalStyle StyleOf(TrustLevel level) => level switch
    {
        TrustLevel.Trusted => TerminalStyle.Good,
        TrustLevel.Untrusted => TerminalStyle.Bad,
        _ => TerminalStyle.Doubtful,
    };

    private static string Text(string text) => DisplayText.ForTerminal(text);
}
