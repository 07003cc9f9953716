using PerfLab.Analysis;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed class TraceSectionTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public void The_report_says_what_became_of_every_span()
    {
        var html = Html(arm => arm with
        {
            Spans = arm.Spans with { SampledCount = 1000, ReceivedCount = 905, DuplicateCount = 5, DroppedCount = 70, ReceivedByService = new Dictionary<string, long> { ["orders"] = 600, ["stock"] = 305 } },
            SpanLosses = [new SpanLoss(SpanLossLocation.Queue, 70), new SpanLoss(SpanLossLocation.BackEnd, 30)],
        });

        Assert.Contains("What became of every span", html, StringComparison.Ordinal);
        Assert.Contains("70 were dropped because the SDK&#39;s queue was full; 30 reached the back end, which did not take them", html, StringComparison.Ordinal);
        Assert.Contains("always-on: stock", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_waterfalls_and_places_stand_in_both_reports()
    {
        var html = Html(arm => arm with { Traces = Look() });
        var markdown = Markdown(arm => arm with { Traces = Look() });

        Assert.All(new[] { html, markdown }, text =>
        {
            Assert.Contains("Who calls whom", text, StringComparison.Ordinal);
            Assert.Contains("postgresql", text, StringComparison.Ordinal);
            Assert.Contains(TraceId, text, StringComparison.Ordinal);
            Assert.Contains("user.email", text, StringComparison.Ordinal);
        });
        Assert.Contains("1,200 calls, 12 errors", html, StringComparison.Ordinal);
        Assert.Contains("class=\"waterfall\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"failed\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Open this trace", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Shown_traces_are_linked_where_the_user_says_how()
    {
        var html = Html(arm => arm with { Traces = Look() }, TraceUi.Parse("http://localhost:16686/trace/{trace}?a=1&b=2"));

        Assert.Contains($"href=\"http://localhost:16686/trace/{TraceId}?a=1&amp;b=2\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:16686/trace/")]
    [InlineData("/trace/{trace}")]
    [InlineData("javascript:alert({trace})")]
    [InlineData("")]
    public void A_template_without_address_or_place_is_refused(string template) =>
        Assert.Contains("--trace-ui", Assert.Throws<FormatException>(() => TraceUi.Parse(template)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_from_spans_stay_text()
    {
        var hostile = Look() with
        {
            Edges = [new ServiceEdge("</svg><script>", "\"><img src=x>", 1, 0, 0.1, 0.2)],
            Slowest = new TraceWaterfall(TraceId, 0, [new WaterfallSpan("</text><script>", "</svg><script>alert(1)</script>", 0, 0, 0, IsError: false)], 0),
        };

        var html = Html(arm => arm with { Traces = hostile });

        Assert.DoesNotMatch(@"(?i)<img\b", html);
        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(html, @"(?i)<script\b"));
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_that_call_each_other_in_a_circle_are_drawn()
    {
        var circle = Look() with { Edges = [new ServiceEdge("a", "b", 1, 0, 0.1, 0.1), new ServiceEdge("b", "a", 1, 0, 0.1, 0.1), new ServiceEdge("c", "c", 1, 0, 0.1, null)] };

        Assert.Equal(3, Html(arm => arm with { Traces = circle }).Split("<g class=\"service\">").Length - 1);
    }

    private static TraceSummary Look() => new()
    {
        SpanCount = 12_000,
        MissedExportCount = 0,
        PersonalData = [new PersonalDataLocation("orders", "POST /orders", "attribute", "user.email", "e-mail address", 600)],
        PersonalDataElsewhereCount = 3,
        Edges = [new ServiceEdge("(client)", "orders", 1200, 12, 0.0011, 0.004), new ServiceEdge("orders", "stock", 1200, 0, 0.0004, 0.002), new ServiceEdge("stock", "postgresql", 2400, 0, 0.0001, 0.0009)],
        Slowest = new TraceWaterfall(TraceId, 0.012, [new WaterfallSpan("orders", "POST /orders", 0, 0, 0.012, IsError: false), new WaterfallSpan("stock", "reserve", 1, 0.002, 0.006, IsError: true)], 0),
    };

    private static string Html(Func<ArmAnalysis, ArmAnalysis> change, TraceUi? traceUi = null) => HtmlReport.Write(Compose(change, traceUi), []);

    private static string Markdown(Func<ArmAnalysis, ArmAnalysis> change) => MarkdownReport.Write(Compose(change, traceUi: null), []);

    private static ReportContent Compose(Func<ArmAnalysis, ArmAnalysis> change, TraceUi? traceUi)
    {
        var run = new SyntheticRun();
        var analysis = run.Analysis();
        analysis = analysis with { Arms = [.. analysis.Arms.Select(arm => arm.Name == "always-on" ? change(arm) : arm)] };
        return ReportComposer.Compose(analysis, run.Outcome(), traceUi);
    }
}
