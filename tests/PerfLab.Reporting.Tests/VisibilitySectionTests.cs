using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed class VisibilitySectionTests
{
    private const string Sentence = "Kept of failed requests, and the cost per request in the service and in the collector: sdk-always-off ";

    private static readonly SyntheticRun Run = new() { ShowsVisibility = true };

    [Fact]
    public void The_sentence_stands_in_every_report_above_a_table_of_all_arms()
    {
        var sections = ReportComposer.ExtraSections(Run.Analysis());

        Assert.Equal(["visibility", "visibility-alerts"], sections.Select(section => section.Key));
        Assert.Contains(Sentence, sections[0].Lead, StringComparison.Ordinal);
        Assert.All(sections, section => Assert.Equal(SyntheticRun.SamplingArms.Count, section.Rows.Count));
        Assert.All(sections, section => Assert.All(section.Rows, row => Assert.Equal(section.Headers.Count, row.Count)));
        Assert.Contains(TerminalSummary.Compose(Run.Analysis()).Sections, section => section.Lead.Contains(Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_says_what_is_kept_what_it_costs_and_whether_an_alert_fires()
    {
        var sections = ReportComposer.ExtraSections(Run.Analysis());
        var (kept, alerts) = (sections[0].Rows, sections[1].Rows);

        Assert.Equal("always-on (tail)", kept[6][0]);
        Assert.Equal("10.0\u00a0% (9.0 to 11.0)", kept[4][1]);
        Assert.EndsWith("µs", kept[4][6], StringComparison.Ordinal);
        Assert.Equal("–", kept[0][5]);
        Assert.Equal("after 3.20\u00a0s", alerts[4][5]);
        Assert.Equal("after 3.20\u00a0s, in 3 of 11", alerts[3][5]);
        Assert.Equal("never", alerts[2][5]);
        Assert.Equal("after 3.20\u00a0s; 2 false alerts", alerts[6][5]);
        Assert.Equal("–", alerts[0][1]);
    }

    [Fact]
    public void Cost_is_drawn_against_what_is_kept()
    {
        var chart = Assert.Single(ChartSet.For(Run.Analysis()), chart => chart.Stem == "front");

        Assert.Contains("ratio-10: keeps 10.0\u00a0%", chart.Description, StringComparison.Ordinal);
        Assert.DoesNotMatch("(^|; )off'?:", chart.Description);
        Assert.NotEmpty(ChartImage.Png(chart));
        Assert.Contains("<svg", ChartImage.SvgFile(chart), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_did_not_ask_has_neither()
    {
        Assert.Empty(ReportComposer.ExtraSections(new SyntheticRun().Analysis()));
        Assert.Contains("Traces kept", ChartSet.For(new SyntheticRun().Analysis()).Single(chart => chart.Stem == "front").Title, StringComparison.Ordinal);
    }
}
