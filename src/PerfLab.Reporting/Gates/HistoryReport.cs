using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Gates;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Gates;

/// <summary>What the nights of a gate say together: the level of every comparison over time, and where it shifted.</summary>
public static class HistoryReport
{
    private const string NoShift = "No level shifted. Between two changes of the environment a shift needs five nights on each side.";

    // As git abbreviates in a large repository.
    private const int CommitCharacters = 12;

    /// <summary>Says where levels shifted, the latest shift first.</summary>
    public static IReadOnlyList<string> Shifts(IReadOnlyList<HistoryTrend> trends) =>
    [
        .. trends.SelectMany(trend => trend.Shifts.Select(shift => (trend, shift)))
            .OrderByDescending(entry => entry.shift.First.StartedUtc)
            .Select(entry => $"{NameOf(entry.trend)}, {MetricCatalog.Get(entry.trend.Metric).InSentence}: the level went {Direction(entry.shift)} between {Where(entry.shift.Last)} and {Where(entry.shift.First)}."),
    ];

    /// <summary>Composes what the terminal shows.</summary>
    /// <param name="gate">The name of the policy.</param>
    /// <param name="history">The history.</param>
    /// <param name="trends">Its trends.</param>
    public static IReadOnlyList<TerminalText> Compose(string gate, HistoryReading history, IReadOnlyList<HistoryTrend> trends) =>
    [
        new(DisplayText.ForTerminal($"{gate}: {DisplayText.Counted(history.Entries.Count, "night")}."), TerminalStyle.Strong),
        .. Shifts(trends).DefaultIfEmpty(NoShift).Select(sentence => new TerminalText(DisplayText.ForTerminal(sentence))),
        .. GateWording.Skipped(history).Select(sentence => new TerminalText(DisplayText.ForTerminal(sentence), TerminalStyle.Doubtful)),
    ];

    /// <summary>Writes the page: one file without references to others.</summary>
    /// <param name="gate">The name of the policy.</param>
    /// <param name="trends">The trends, at least one.</param>
    public static string Html(string gate, IReadOnlyList<HistoryTrend> trends)
    {
        TrendChart[] charts =
        [
            .. Charts(trends.Where(trend => trend.Against is not null), "overhead", "in the head's build, over the nights", "Change against the arm named, both from the head's build"),
            .. Charts(trends.Where(trend => trend.Against is null), "change", "of the head against the baseline, over the nights", "Head against baseline"),
        ];
        var shifts = Shifts(trends);
        var nights = trends.SelectMany(trend => trend.Nights).Select(night => night.Facts.Name).Distinct(StringComparer.Ordinal).Count();
        return HtmlPage.Write($"{gate}: nights · PerfLab", string.Empty, Markup.Empty, Markup.Of($"""
            <main>
            <header class="opening"><p class="eyebrow"><span>PerfLab</span></p><h1>Nights of <bdi>{gate}</bdi></h1><p class="lead">{DisplayText.Counted(nights, "night")}. Shifts inform and do not block: the gate judges each night by itself.</p></header>
            <section aria-labelledby="shifts"><h2 id="shifts">Shifts</h2>
            {(shifts.Count == 0 ? Markup.Of($"<p>{NoShift}</p>") : Markup.Of($"<ul>{shifts.Select(shift => Markup.Of($"<li><bdi>{DisplayText.Clean(shift)}</bdi></li>"))}</ul>"))}
            </section>
            {HtmlCharts.Write(charts)}
            {HtmlSections.Write([.. charts.Select(chart => chart.Table)])}
            </main>
            """));
    }

    private static IEnumerable<TrendChart> Charts(IEnumerable<HistoryTrend> trends, string stem, string over, string comparison) =>
        from trend in trends
        group trend by trend.Metric into series
        let metric = MetricCatalog.Get(series.Key)
        select new TrendChart(new Trend($"{stem}-{metric.Key.Replace('_', '-')}", $"{metric.Title} {over}", comparison, "night", [.. series.Select(NameOf)], [.. Points([.. series])]));

    private static IEnumerable<TrendPoint> Points(IReadOnlyList<HistoryTrend> series)
    {
        NightFacts[] nights = [.. series.SelectMany(trend => trend.Nights).Select(night => night.Facts).DistinctBy(night => night.Name, StringComparer.Ordinal).OrderBy(night => night.StartedUtc)];
        foreach (var (index, night) in nights.Index())
        {
            yield return new TrendPoint(
                night.StartedUtc,
                series.SelectMany(trend => trend.Nights.Where(one => one.Facts.Name == night.Name).Select(one => (Name: NameOf(trend), one.Ratio))).ToDictionary(one => one.Name, one => one.Ratio, StringComparer.Ordinal),
                index == 0 ? [] : nights[index - 1].Machine.DifferencesFrom(night.Machine))
            {
                Commit = Commit(night) + (night.Head.OpenTelemetryVersion is { } version ? $", OpenTelemetry {version}" : string.Empty),
                Shifts = [.. series.SelectMany(trend => trend.Shifts.Where(shift => shift.First.Name == night.Name).Select(shift => $"{NameOf(trend)} {Direction(shift)}"))],
            };
        }
    }

    private static string NameOf(HistoryTrend trend) => trend.Against is { } against ? $"{trend.Arm} against {against}" : trend.Arm;

    private static string Direction(TrendShift shift)
    {
        var format = QuantityFormat.For(MetricUnit.Ratio, shift.Before.MedianRatio, shift.After.MedianRatio);
        return $"{(shift.After.MedianRatio > shift.Before.MedianRatio ? "up" : "down")} from {format.WithUnit(shift.Before.MedianRatio)} to {format.WithUnit(shift.After.MedianRatio)} ({DisplayText.Counted(shift.Before.Nights, "night")} before, {shift.After.Nights} since)";
    }

    private static string Where(NightFacts night) => $"{Commit(night)} ({night.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})";

    private static string Commit(NightFacts night) => night.Head.Commit is { } commit ? commit[..Math.Min(CommitCharacters, commit.Length)] : "no commit";
}
