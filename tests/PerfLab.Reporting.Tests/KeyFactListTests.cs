using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Tests.Fixture;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public sealed class KeyFactListTests
{
    private const string Busy = "Kept its processors busy";

    [Theory]
    [InlineData(new[] { 0 }, "40 to 80\u00a0%")]
    [InlineData(new[] { 0, 1 }, "20 to 40\u00a0%")]
    public void A_thousand_requests_of_0_4_and_0_8_milliseconds_keep_processors_that_busy(int[] targetCores, string expected)
    {
        var run = new SyntheticRun();
        var plan = run.Plan() with { RatePerSecond = 1000, Placement = new Placement(targetCores, [7]) };

        var facts = RunFacts.Compose(WithCpu(run.Analysis() with { Plan = plan }, 0.0004, 0.0008), run.Outcome());

        Assert.Equal(expected, facts.Single(fact => fact.Name == Busy).Value);
    }

    [Fact]
    public void Arms_that_are_equally_busy_share_one_figure()
    {
        var run = new SyntheticRun();
        var plan = run.Plan() with { RatePerSecond = 1000, Placement = new Placement([0], [1]) };

        var facts = RunFacts.Compose(WithCpu(run.Analysis() with { Plan = plan }, 0.0004, 0.0004), run.Outcome());

        Assert.Equal("40\u00a0%", facts.Single(fact => fact.Name == Busy).Value);
    }

    [Fact]
    public void Where_targets_have_no_processors_of_their_own_nothing_is_said_of_them()
    {
        var run = new SyntheticRun();

        var facts = RunFacts.Compose(run.Analysis() with { Plan = run.Plan() with { Placement = null } }, run.Outcome());

        Assert.DoesNotContain(facts, fact => fact.Name == Busy);
    }

    // 1,000 requests per second on one processor: milliseconds of CPU per request are its busy share.
    [Theory]
    [InlineData(0.00091, "91 to 95\u00a0%")]
    [InlineData(0.0008, "80 to 95\u00a0%")]
    public void Where_a_service_had_hardly_any_time_to_spare_response_times_are_said_to_be_queueing(double first, string busy)
    {
        var (markdown, html) = Reports(first, 0.00095);

        var note = $"The load kept the processors {busy} busy: response times are mostly queueing, and a cost in CPU looks smaller than it is with headroom.";
        Assert.Contains($"### Response time\n\n{note}\n\n| Arm |", markdown, StringComparison.Ordinal);
        Assert.Contains($"<caption>Response time<span class=\"caption-note\">{note}</span></caption>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_it_had_time_to_spare_they_are_not()
    {
        var (markdown, html) = Reports(0.0004, 0.0008);

        Assert.Contains("### Response time\n\n| Arm |", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("mostly queueing", markdown + html, StringComparison.Ordinal);
    }

    private static (string Markdown, string Html) Reports(double first, double others)
    {
        var run = new SyntheticRun();
        var analysis = WithCpu(run.Analysis() with { Plan = run.Plan() with { RatePerSecond = 1000, Placement = new Placement([0], [1]) } }, first, others);
        var content = ReportComposer.Compose(analysis, run.Outcome());
        return (MarkdownReport.Write(content, []), HtmlReport.Write(content, []));
    }

    // The first arm takes one time, all others the other.
    private static RunAnalysis WithCpu(RunAnalysis analysis, double first, double others) => analysis with
    {
        Arms = [.. analysis.Arms.Select((arm, index) => arm with
        {
            Metrics = [.. arm.Metrics.Select(metric => metric.Metric == MetricId.Cpu ? metric with { Value = index == 0 ? first : others } : metric)],
        })],
    };
}
