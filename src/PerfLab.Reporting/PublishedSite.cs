using System.Globalization;
using System.Xml.Linq;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting;

/// <summary>A run to be published.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Analysis">What its numbers say.</param>
/// <param name="Outcome">How it ended; null when it was interrupted.</param>
public sealed record PublishedRun(string Name, RunAnalysis Analysis, RunOutcome? Outcome);

/// <summary>
/// Writes a static site of chosen runs: an index, every report, trends over the runs of a scenario, and an Atom feed. All links are
/// relative, so it can be hosted below any address, or opened as a file.
/// </summary>
public static class PublishedSite
{
    private const int MostFeedEntries = 50;

    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";

    /// <summary>Writes the site in place of an earlier one. The same runs give the same bytes.</summary>
    /// <param name="folder">Its folder; removed with all that is in it where it exists.</param>
    /// <param name="runs">The runs, each once; at least one.</param>
    /// <returns>The path of the index.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static string Write(string folder, IReadOnlyList<PublishedRun> runs)
    {
        PublishedRun[] newest = [.. runs.OrderByDescending(run => run.Analysis.Manifest.StartedUtc).ThenBy(run => run.Name, StringComparer.Ordinal)];
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var run in newest)
        {
            var report = Directory.CreateDirectory(Path.Combine(folder, run.Name));
            File.WriteAllText(Path.Combine(report.FullName, "report.html"), HtmlReport.Write(ReportComposer.Compose(run.Analysis, run.Outcome), ChartSet.For(run.Analysis)));
            ReportWriter.WriteWaterfalls(Path.Combine(report.FullName, RunFolder.WaterfallFileName), run.Analysis);
        }

        SiteScenario[] scenarios = [.. newest.GroupBy(run => run.Analysis.Plan.Scenario, StringComparer.Ordinal).Select((group, index) => new SiteScenario(group.Key, $"trends-{index + 1}.html", [.. group]))];
        foreach (var scenario in scenarios.Where(scenario => scenario.HasTrends))
        {
            File.WriteAllText(Path.Combine(folder, scenario.TrendsFile), SitePages.Trends(scenario));
        }

        File.WriteAllText(Path.Combine(folder, "atom.xml"), Feed(newest));
        var index = Path.Combine(folder, "index.html");
        File.WriteAllText(index, SitePages.Index(scenarios));
        return index;
    }

    private static string Feed(PublishedRun[] runs) => new XDocument(new XElement(
        s_atom + "feed",
        new XElement(s_atom + "title", "PerfLab: what tracing costs"),
        new XElement(s_atom + "id", "urn:perflab:published"),
        new XElement(s_atom + "updated", Time(runs[0])),
        new XElement(s_atom + "author", new XElement(s_atom + "name", "PerfLab")),
        new XElement(s_atom + "link", new XAttribute("href", "index.html")),
        runs.Take(MostFeedEntries).Select(run => new XElement(
            s_atom + "entry",
            new XElement(s_atom + "title", DisplayText.Clean($"{run.Analysis.Plan.Scenario}: {ReportComposer.Headline(run.Analysis)}")),
            new XElement(s_atom + "id", $"urn:perflab:run:{Uri.EscapeDataString(run.Name)}"),
            new XElement(s_atom + "updated", Time(run)),
            new XElement(s_atom + "link", new XAttribute("href", SitePages.Link(run))),
            new XElement(s_atom + "summary", DisplayText.Clean(run.Analysis.Plan.Question)))))).ToString().ReplaceLineEndings("\n") + "\n";

    private static string Time(PublishedRun run) => run.Analysis.Manifest.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The runs of one scenario, the newest first.</summary>
/// <param name="Name">The scenario's name.</param>
/// <param name="TrendsFile">The file of its trends.</param>
/// <param name="Runs">The runs.</param>
internal sealed record SiteScenario(string Name, string TrendsFile, IReadOnlyList<PublishedRun> Runs)
{
    /// <summary>Gets a value indicating whether there is more than one run.</summary>
    public bool HasTrends => Runs.Count > 1;
}

/// <summary>Writes the pages of the site that are no reports.</summary>
internal static class SitePages
{
    private static readonly MetricId[] s_metrics = [MetricId.Cpu, MetricId.Allocation, MetricId.P50, MetricId.P99];

    /// <summary>Gets the relative address of a run's report.</summary>
    public static string Link(PublishedRun run) => $"{Uri.EscapeDataString(run.Name)}/report.html";

    /// <summary>Writes the index.</summary>
    public static string Index(IReadOnlyList<SiteScenario> scenarios) => HtmlPage.Write("What tracing costs · PerfLab", string.Empty, Markup.Of($"\n<link rel=\"alternate\" type=\"application/atom+xml\" href=\"atom.xml\">"), Markup.Of($"""
        <main>
        <header class="opening"><p class="eyebrow"><span>PerfLab</span></p><h1>What tracing costs</h1><p class="lead">Published runs, the newest first. <a href="atom.xml">Feed</a></p></header>
        {scenarios.Select((scenario, index) => Markup.Of($"""
            <section aria-labelledby="scenario-{index}">
            <h2 id="scenario-{index}"><bdi>{scenario.Name}</bdi></h2>
            {(scenario.HasTrends ? Markup.Of($"<p class=\"lead\"><a href=\"{scenario.TrendsFile}\">Trends over {DisplayText.Count(scenario.Runs.Count)} runs</a></p>") : Markup.Empty)}
            <ul class="answers">
            {scenario.Runs.Select(Run)}
            </ul>
            </section>
            """))}
        </main>
        """));

    /// <summary>Writes the trends of a scenario.</summary>
    public static string Trends(SiteScenario scenario)
    {
        RunAnalysis[] oldest = [.. scenario.Runs.Reverse().Select(run => run.Analysis)];
        TrendChart[] charts = [.. s_metrics.Select(metric => TrendOf(MetricCatalog.Get(metric), oldest)).Where(trend => trend.Lines.Count > 0).Select(trend => new TrendChart(trend))];
        return HtmlPage.Write($"{scenario.Name}: trends · PerfLab", string.Empty, Markup.Empty, Markup.Of($"""
            <main>
            <header class="opening"><p class="eyebrow"><a href="index.html">PerfLab</a></p><h1>Trends of <bdi>{scenario.Name}</bdi></h1><p class="lead">What each arm costs against the baseline of its own run, over {DisplayText.Count(oldest.Length)} runs, the oldest at the left.</p></header>
            {HtmlCharts.Write(charts)}
            {HtmlSections.Write([.. charts.Select(chart => chart.Table)])}
            </main>
            """));
    }

    /// <summary>Follows a metric over runs, the oldest first.</summary>
    public static Trend TrendOf(MetricDefinition metric, IReadOnlyList<RunAnalysis> oldest)
    {
        TrendPoint[] points = [.. oldest.Select((run, index) => new TrendPoint(run.Manifest.StartedUtc, Ratios(metric.Id, run), index == 0 ? [] : Changes(oldest[index - 1].Manifest, run.Manifest)))];
        return new Trend(
            $"trend-{metric.Key.Replace('_', '-')}",
            $"{metric.Title} over the runs",
            "Change against the baseline of the same run",
            "run",
            [.. points.SelectMany(point => point.Ratios.Keys).Distinct(StringComparer.Ordinal)],
            points);
    }

    // What decides nothing, and what an arm costs that did not do its work, is no point of a trend.
    private static Dictionary<string, Interval> Ratios(MetricId metric, RunAnalysis run) => run.Arms
        .Where(arm => run.Trust.Level is TrustLevel.Trusted or TrustLevel.Limited && run.Baseline.Health.Faults.Count == 0 && arm is { Role: ArmRole.Variant, Health.Faults.Count: 0 } && MetricTables.Find(arm, metric)?.Ratio is not null)
        .ToDictionary(arm => arm.Name, arm => MetricTables.Find(arm, metric)!.Ratio!, StringComparer.Ordinal);

    private static IReadOnlyList<string> Changes(Manifest before, Manifest after) =>
    [
        .. before.Machine.DifferencesFrom(after.Machine),
        .. Sorted(after.RuntimeKnobs).SequenceEqual(Sorted(before.RuntimeKnobs)) ? Array.Empty<string>() : ["runtime settings"],
    ];

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> knobs) => knobs.OrderBy(knob => knob.Key, StringComparer.Ordinal);

    private static Markup Run(PublishedRun run) => Markup.Of($"""
        <li>
        <div><h3>{run.Analysis.Manifest.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</h3><p class="meaning">{TrustLabel.For(run.Analysis.Trust.Level).Measurement}</p></div>
        <div><p class="sentence"><a href="{Link(run)}"><bdi dir="ltr">{ReportComposer.Headline(run.Analysis)}</bdi></a></p><p class="meaning"><bdi>{run.Analysis.Plan.Question}</bdi></p><p class="meaning"><bdi>{MachineFacts.Line(run.Analysis.Manifest.Machine)}</bdi></p></div>
        </li>
        """);
}
