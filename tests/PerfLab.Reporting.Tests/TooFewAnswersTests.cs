using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Tests;
using PerfLab.Analysis.Tests.Thresholds;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.LoadTests;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Reporting.Tests;

/// <summary>A percentile that would be the longest of too few response times is in no report.</summary>
public sealed class TooFewAnswersTests
{
    private const string Words = "too few answers";

    // A hand-made p99 is three times the median, p99.9 five times: 3 ms and 5 ms.
    private static readonly RunAnalysis s_run = Run(99);

    [Fact]
    public void The_page_and_the_text_say_so_in_the_place_of_the_number()
    {
        var (content, charts) = (ReportComposer.Compose(s_run, outcome: null), ChartSet.For(s_run));
        var markdown = MarkdownReport.Write(content, charts);
        var html = HtmlReport.Write(content, charts);

        // p99 and p99.9 of off, off', low and high; on the first screen p99 of all but the control.
        Assert.Equal(11, markdown.Split($"| {Words} ").Length - 1);
        Assert.Contains($"data-label=\"99th percentile\">{Words}</td>", html, StringComparison.Ordinal);
        Assert.Contains($"data-label=\"p99 response time\">{Words}</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_get_null_and_the_reason()
    {
        var metrics = RunSummary.From(s_run).Arms.Single(arm => arm.Name == "low").Metrics;
        var p99 = metrics.Single(metric => metric.Metric == "p99");

        Assert.Equal((0, null, null, null), (p99.N, p99.Value, p99.Baseline, p99.Ratio));
        Assert.Equal("too few answers, of which it would be the longest (6 of 6 launch sets)", p99.Reason);
        Assert.Equal(0.002, metrics.Single(metric => metric.Metric == "p90").Value!.Value, 12);
    }

    [Fact]
    public void The_terminal_says_so()
    {
        var summary = TerminalSummary.Compose(Run(1), width: 160);
        var column = summary.Columns.TakeWhile(column => column.Title != "p50").Count();

        Assert.All(summary.Rows, row => Assert.Equal(Words, row[column].Text));
    }

    [Fact]
    public void A_load_test_says_so_in_its_table()
    {
        var few = LoadTestRecordSample.Create() with { ResponseTime = LoadTestRecordSample.Latency(200, 0.001) };

        var lines = LoadTestReport.Compose(few).Select(line => line.Text).ToArray();

        // Of 200 response times none is known to lie beyond 99.9 %; of the service time there are more.
        Assert.Matches($@"^p99\.9 +{Words} +\d", lines.Single(line => line.StartsWith("p99.9 ", StringComparison.Ordinal)));
        Assert.Matches(@"^p99 +100(\.0)? ms", lines.Single(line => line.StartsWith("p99 ", StringComparison.Ordinal)));
    }

    private static RunAnalysis Run(long answers) => ThresholdRun.Analyze((_, arm) => arm with { ResponseTime = arm.ResponseTime! with { Count = answers } });
}
