using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Html;

/// <summary>Writes two runs side by side as one HTML file that needs nothing else, in the design of the report.</summary>
public static class RunComparisonPage
{
    private static readonly (MetricId Metric, string Stem)[] s_charts = [(MetricId.Cpu, "compare-cpu"), (MetricId.Allocation, "compare-allocation")];

    /// <summary>Writes the file's text.</summary>
    /// <param name="comparison">The two runs.</param>
    /// <param name="results">What came of the conditions that were asked for.</param>
    public static string Write(RunComparison comparison, IReadOnlyList<RunConditionResult> results)
    {
        var summary = RunComparisonSummary.Compose(comparison);
        var headline = RunComparisonWording.Headline(comparison);
        return HtmlPage.Write($"{headline} · PerfLab", string.Empty, Markup.Empty, Markup.Of($"""
            <main>
            <header class="opening">
            <p class="eyebrow"><span>PerfLab</span> <span>comparison of two runs</span></p>
            <h1>What changed from <bdi>{comparison.First}</bdi> to <bdi>{comparison.Second}</bdi>?</h1>
            <p class="headline"><bdi dir="ltr">{headline}</bdi></p>
            <ul class="reasons">{summary.Notes.Skip(1).Concat(results.Select(RunComparisonSummary.Compose)).Select(note => Markup.Of($"<li><bdi dir=\"ltr\">{note.Text}</bdi></li>"))}</ul>
            </header>
            {HtmlCharts.Write(Charts(comparison))}
            {HtmlSections.Write([.. summary.Sections.Select(Section)])}
            </main>
            """));
    }

    private static ReportSection Section(TerminalSection section, int index) => new($"comparison-{index + 1}", section.Title, section.Lead, section.Headers, section.Rows) { WordColumns = [1, 5] };

    private static IReadOnlyList<IChart> Charts(RunComparison comparison) =>
    [
        .. from chart in s_charts
           let changes = comparison.Overheads.Where(change => change.Metric == chart.Metric).ToArray()
           where changes.Length > 0
           select new ForestChart(chart.Stem, $"What an arm costs, second run against first: {MetricCatalog.Get(chart.Metric).InSentence}", [.. changes.Select(Row)], changes[0].PracticalThreshold, "the first run"),
    ];

    private static ForestRow Row(MetricChange change) => new(change.Arm, ArmRole.Variant, change.Change, VerdictLabel.For(change), []);
}
