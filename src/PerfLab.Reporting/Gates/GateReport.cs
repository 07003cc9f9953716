using System.Globalization;
using System.Text;
using PerfLab.Analysis.Gates;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Gates;

/// <summary>A night for the terminal, and as Markdown for a file, a step summary or a comment.</summary>
public static class GateReport
{
    // GitHub's limit of a comment; a step summary may have 1 MiB.
    private const int MostBytes = 65_536;
    private const int MostFailureCharacters = 4_000;

    /// <summary>Composes what the terminal shows.</summary>
    public static IReadOnlyList<TerminalText> Compose(GateNight night) =>
    [
        new(Clean(GateWording.Headline(night)), StyleOf(night.Result.Outcome)),
        new(Clean(GateWording.Consequence(night))),
        .. night.Failure is { } failure ? [new TerminalText(Clean(Shorten(failure)), TerminalStyle.Bad)] : Array.Empty<TerminalText>(),
        .. night.Result.Metrics.Select(metric => new TerminalText(Clean($"{GateWording.Word(metric.Outcome)}: {GateWording.Sentence(metric)}"), StyleOf(metric.Outcome))),
        new(Clean(GateWording.TrackRecord(night.Result.TrackRecord)), TerminalStyle.Muted),
        .. GateWording.History(night).Select(sentence => new TerminalText(Clean(sentence), TerminalStyle.Doubtful)),
    ];

    /// <summary>Writes the page.</summary>
    public static string Markdown(GateNight night)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(MarkdownText.Escape($"{night.Policy.Name}: {GateWording.Word(night.Result.Outcome)}{(night.Result.IsBlocked ? ", blocked" : string.Empty)}")).Append("\n\n");
        Paragraph(text, $"{GateWording.Headline(night)} {GateWording.Consequence(night)}");
        if (night.Failure is { } failure)
        {
            text.Append("```text\n").Append(string.Join('\n', Shorten(failure).Split('\n').Select(DisplayText.Clean)).Replace("```", "'''", StringComparison.Ordinal)).Append("\n```\n\n");
        }

        text.Append("| arm | metric | outcome | change | why |\n|---|---|---|---:|---|\n");
        foreach (var metric in night.Result.Metrics)
        {
            Row(text, metric, night.Evidence);
        }

        text.Append('\n');
        Paragraph(text, GateWording.TrackRecord(night.Result.TrackRecord));
        foreach (var sentence in GateWording.History(night))
        {
            Paragraph(text, sentence);
        }

        foreach (var (name, value) in Facts(night))
        {
            text.Append("- ").Append(MarkdownText.Escape(name)).Append(": ").Append(MarkdownText.Escape(value)).Append('\n');
        }

        return MarkdownText.Cut(text.ToString(), MostBytes, "The terminal and the JUnit file have everything.");
    }

    private static void Row(StringBuilder text, GateMetricResult metric, GateEvidence evidence)
    {
        var comparison = evidence.First?.Pairs.FirstOrDefault(pair => pair.Arm == metric.Arm)?.Comparisons.FirstOrDefault(one => one.Metric == metric.Metric);
        string[] cells =
        [
            metric.Arm,
            MetricCatalog.Get(metric.Metric).Key,
            GateWording.Word(metric.Outcome) + (metric.Blocks ? ", blocks" : string.Empty),
            comparison?.Ratio is { } ratio ? PercentText.Change(ratio) : "not measured",
            GateWording.Sentence(metric),
        ];
        text.Append("| ").AppendJoin(" | ", cells.Select(MarkdownText.Escape)).Append(" |\n");
    }

    private static IEnumerable<(string Name, string Value)> Facts(GateNight night)
    {
        yield return ("baseline", Commit(night.Facts.Baseline));
        yield return ("head", Commit(night.Facts.Head));
        if (night.Facts.Planted.Count > 0)
        {
            yield return ("planted into the head", string.Join(", ", night.Facts.Planted.Select(pair => $"{pair.Key}={pair.Value}")));
        }

        foreach (var run in new[] { night.Evidence.First, night.Evidence.Confirmation }.OfType<GateRun>())
        {
            yield return ("run", $"{run.RunId}, {DisplayText.Counted(run.LaunchSets, "launch set")}");
        }

        yield return ("machine", $"{night.Facts.Machine.ProcessorModel ?? "unknown processor"}, {night.Facts.Machine.LogicalProcessors} logical processors, kernel {night.Facts.Machine.Kernel ?? "unknown"}");
        yield return ("began", night.Facts.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
    }

    private static string Commit(BuiltCommit built) =>
        $"{built.Commit ?? "no commit: what the scenario starts"}{(built.OpenTelemetryVersion is { } version ? $", OpenTelemetry {version}" : string.Empty)}";

    private static void Paragraph(StringBuilder text, string words) => text.Append(MarkdownText.Escape(words)).Append("\n\n");

    private static string Shorten(string failure) => failure.Length <= MostFailureCharacters ? failure : "…" + failure[^MostFailureCharacters..];

    private static TerminalStyle StyleOf(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed or GateOutcome.Improved => TerminalStyle.Good,
        GateOutcome.Regressed => TerminalStyle.Costly,
        GateOutcome.NotJudged => TerminalStyle.Bad,
        _ => TerminalStyle.Doubtful,
    };

    private static string Clean(string text) => DisplayText.ForTerminal(text);
}

/// <summary>A night in the XML of JUnit: a case for each metric of each arm.</summary>
public static class GateJUnit
{
    /// <summary>Writes the cases for build servers: what is undecided, and what could not be judged without blocking, is skipped with its reason.</summary>
    public static string Of(GateNight night) => new JUnitDocument(
        "perflab nightly",
        night.DurationSeconds,
        [.. night.Result.Metrics.Select(metric => new JUnitCase($"{night.Policy.Name}.{metric.Arm}", MetricCatalog.Get(metric.Metric).Key, OutcomeOf(metric), GateWording.Sentence(metric)))]).Write();

    private static JUnitOutcome OutcomeOf(GateMetricResult metric) => metric switch
    {
        { Blocks: true } => JUnitOutcome.Failed,
        { Outcome: GateOutcome.Passed or GateOutcome.Improved } => JUnitOutcome.Passed,
        _ => JUnitOutcome.Skipped,
    };
}
