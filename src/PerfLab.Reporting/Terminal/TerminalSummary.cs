using PerfLab.Analysis;
using PerfLab.Analysis.Decisions;
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
    /// <summary>Gets the answer in one sentence.</summary>
    public required TerminalText Headline { get; init; }

    /// <summary>Gets what would change a recommendation, a sentence each; empty where the scenario asks for none.</summary>
    public required IReadOnlyList<TerminalText> WhatWouldChangeIt { get; init; }

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
    /// <param name="analysis">What the numbers say.</param>
    /// <param name="width">Characters of a line: what does not fit is left out of the table.</param>
    public static TerminalSummary Compose(RunAnalysis analysis, int width = TerminalTable.LeastWidth)
    {
        var table = TerminalTable.Fitting(analysis, width);
        return new TerminalSummary
        {
            Headline = new TerminalText(Text(ReportComposer.Headline(analysis)), TerminalStyle.Strong),
            WhatWouldChangeIt = [.. RecommendationWording.WhatWouldChangeIt(analysis).Select(sentence => new TerminalText(Text(sentence), TerminalStyle.Muted))],
            Trust =
            [
                new(TrustLabel.For(analysis.Trust.Level).Measurement, StyleOf(analysis.Trust.Level)),
                new(Text(TrustWording.Sentence(analysis.Trust))),
            ],
            Caption = TerminalTable.Caption(analysis),
            Columns = table.Columns,
            Rows = table.Rows,
            Answers = [.. analysis.Arms.Where(arm => arm.Role != ArmRole.Baseline || arm.Health.Faults.Count > 0).Select(arm => new TerminalText(Text(ArmHealthWording.Answer(arm, analysis))))],
            Noise = new TerminalText(Text(string.Join(" ", MachineNoiseWording.Compose(analysis.MachineNoise))), TerminalStyle.Muted),
            Sections = [.. ReportComposer.ExtraSections(analysis).Select(Section)],
            Thresholds = [.. ThresholdWording.Compose(analysis.Thresholds).SelectMany(ThresholdRows)],
            Cautions = Caution(analysis),
        };
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

    private static TerminalStyle StyleOf(TrustLevel level) => level switch
    {
        TrustLevel.Trusted => TerminalStyle.Good,
        TrustLevel.Untrusted => TerminalStyle.Bad,
        _ => TerminalStyle.Doubtful,
    };

    private static string Text(string text) => DisplayText.ForTerminal(text);
}

/// <summary>The table of arms, with as much in it as a line holds.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The arms in plan order; each has as many cells as there are columns.</param>
internal sealed record TerminalTable(IReadOnlyList<TerminalColumn> Columns, IReadOnlyList<IReadOnlyList<TerminalText>> Rows)
{
    /// <summary>The width for which every terminal has room.</summary>
    public const int LeastWidth = 80;

    // What one gives up is a sentence: it may break into lines of this length, and is left out below.
    private const int WordsWidth = 26;

    private static readonly MetricId[] s_least = [MetricId.Cpu, MetricId.Allocation, MetricId.ExportedBytes];
    private static readonly MetricId[] s_most = [MetricId.Cpu, MetricId.Allocation, MetricId.P50, MetricId.ExportedBytes];

    // A column has a space on each side and an edge before it, and the table one behind.
    private int Width => Columns.Select((column, index) => column.Wraps ? WordsWidth : Rows.Select(row => row[index].Text.Length).Append(column.Title.Length).Max()).Sum() + (3 * Columns.Count) + 1;

    /// <summary>Says what the table shows.</summary>
    public static TerminalText Caption(RunAnalysis analysis) => new(
        $"Per request, against {DisplayText.ForTerminal(analysis.Baseline.Name)}; median of {DisplayText.Counted(analysis.LaunchSets, "launch set")}; more? less? = a change, not proven to matter; none = no change found; ? = cannot tell{(analysis.Decision?.Outcome is DecisionOutcome.Recommended or DecisionOutcome.Tied ? "; * = recommended" : string.Empty)}",
        TerminalStyle.Muted);

    /// <summary>Composes the fullest table that fits, or the smallest.</summary>
    /// <param name="analysis">What the numbers say.</param>
    /// <param name="width">Characters of a line.</param>
    /// <param name="isProvisional">Whether the run goes on, so that estimates are shown before there are intervals.</param>
    public static TerminalTable Fitting(RunAnalysis analysis, int width, bool isProvisional = false)
    {
        var overview = ArmOverview.Compose(analysis);
        TerminalTable[] tables = [Compose(s_most, withBar: true, withWords: true), Compose(s_most, withBar: true, withWords: false), Compose(s_least, withBar: true, withWords: false)];
        return Array.Find(tables, table => table.Width <= width) ?? Compose(s_least, withBar: false, withWords: false);

        TerminalTable Compose(MetricId[] metrics, bool withBar, bool withWords) => TerminalTable.Compose(analysis, overview, metrics, withBar && overview.Rows.Any(row => row.Cells is [{ Bar: not null }, ..]), withWords, isProvisional);
    }

    private static TerminalTable Compose(RunAnalysis analysis, ArmOverview overview, MetricId[] metrics, bool withBar, bool withWords, bool isProvisional)
    {
        MetricColumnFormat[] formats = [.. metrics
            .Where(metric => analysis.Arms.Any(arm => MetricTables.IsTold(arm, metric)))
            .Select(metric => new MetricColumnFormat(MetricCatalog.Get(metric), analysis))];

        // The bar is that of the first cell, which is CPU where a target has it.
        withBar &= formats is [{ Metric: MetricId.Cpu }, ..];
        return new TerminalTable(
            [
                new TerminalColumn("Arm", IsNumber: false),
                .. withBar ? [new TerminalColumn("CPU, 95 % interval", IsNumber: false)] : Array.Empty<TerminalColumn>(),
                .. formats.SelectMany(TerminalColumns.Of),
                .. withWords ? [new TerminalColumn("you give up", IsNumber: false) { Wraps = true }] : Array.Empty<TerminalColumn>(),
            ],
            [.. analysis.Arms.Select(arm => Row(arm, overview.Rows.FirstOrDefault(row => row.Arm == arm.Name)))]);

        IReadOnlyList<TerminalText> Row(ArmAnalysis arm, OverviewRow? row) =>
        [
            Name(arm, row),
            .. withBar ? [Bar(row)] : Array.Empty<TerminalText>(),
            .. formats.SelectMany(format => TerminalColumns.Cells(format, MetricTables.Find(arm, format.Metric), arm.Role, isProvisional)),
            .. withWords ? [new TerminalText(DisplayText.ForTerminal(string.Join("; ", row?.GivenUp ?? [])), TerminalStyle.Muted)] : Array.Empty<TerminalText>(),
        ];
    }

    // The caption names the baseline already; the control must be told from a variant.
    private static TerminalText Name(ArmAnalysis arm, OverviewRow? row)
    {
        var mark = (arm.Role == ArmRole.Control ? $" {ArmLabel.For(arm.Role)}" : string.Empty) + (arm.Health.State == ArmState.Broken ? " (broken)" : string.Empty) + (row?.Choice is null ? string.Empty : " *");
        return new TerminalText(DisplayText.ForTerminal(arm.Name) + mark, row?.Choice is not null ? TerminalStyle.Strong : arm.Role == ArmRole.Variant ? TerminalStyle.Plain : TerminalStyle.Muted);
    }

    private static TerminalText Bar(OverviewRow? row) => row?.Cells is [var cpu, ..] ? TerminalColumns.Bar(cpu.Bar, cpu.Statement?.Label) : TerminalColumns.Bar(null, null);
}
