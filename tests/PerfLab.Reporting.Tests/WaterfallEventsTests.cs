using System.Text.Json;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>The shown traces as Chrome trace events (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU).</summary>
public sealed class WaterfallEventsTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private static readonly TraceWaterfall s_order = new(
        TraceId,
        0.012,
        [
            new WaterfallSpan("orders", "POST /orders", 0, 0, 0.012, IsError: false),
            new WaterfallSpan("orders", "reserve", 1, 0.001, 0.006, IsError: false),
            new WaterfallSpan("stock", "stock.Stock/Check", 2, 0.002, 0.004, IsError: true),
            new WaterfallSpan("orders", "charge", 1, 0.003, 0.006, IsError: false),
            new WaterfallSpan("orders", "notify", 1, 0.010, 0.001, IsError: false),
        ],
        0);

    [Fact]
    public void Every_span_is_a_complete_event_of_its_service_in_microseconds()
    {
        var spans = Events(s_order).Where(one => Text(one, "ph") == "X").ToArray();

        Assert.Equal(
            [("POST /orders", 0, 12_000), ("reserve", 1_000, 6_000), ("stock.Stock/Check", 2_000, 4_000), ("charge", 3_000, 6_000), ("notify", 10_000, 1_000)],
            spans.Select(one => (Text(one, "name")!, one.GetProperty("ts").GetDouble(), one.GetProperty("dur").GetDouble())));
        var services = Events(s_order).Where(one => Text(one, "ph") == "M").ToDictionary(one => one.GetProperty("pid").GetInt32(), one => one.GetProperty("args").GetProperty("name").GetString());
        Assert.Equal(["always-on: orders", "always-on: orders", "always-on: stock", "always-on: orders", "always-on: orders"], spans.Select(one => services[one.GetProperty("pid").GetInt32()]));
        Assert.All(spans, one => Assert.Equal(TraceId, one.GetProperty("args").GetProperty("trace_id").GetString()));
        Assert.Equal("error", spans[2].GetProperty("args").GetProperty("status").GetString());
    }

    [Fact]
    public void Spans_that_overlap_stand_on_threads_of_their_own_and_all_others_beside_or_inside_one_another()
    {
        var spans = Events(s_order).Where(one => Text(one, "ph") == "X").ToDictionary(one => Text(one, "name")!, one => one.GetProperty("tid").GetInt32());

        Assert.Equal(spans["POST /orders"], spans["reserve"]);
        Assert.NotEqual(spans["reserve"], spans["charge"]);
        Assert.Equal(spans["POST /orders"], spans["notify"]);
    }

    [Fact]
    public void A_call_to_another_service_is_a_flow_that_begins_inside_the_callers_event_also_where_clocks_differ()
    {
        var skewed = s_order with { Spans = [s_order.Spans[0], new WaterfallSpan("stock", "Check", 1, -0.0005, 0.001, IsError: false)] };

        var events = Events(skewed);

        var (begin, end) = (events.Single(one => Text(one, "ph") == "s"), events.Single(one => Text(one, "ph") == "f"));
        Assert.Equal(begin.GetProperty("id").GetInt32(), end.GetProperty("id").GetInt32());
        Assert.Equal("e", Text(end, "bp"));
        Assert.Equal((500.0, 0.0), (begin.GetProperty("ts").GetDouble(), end.GetProperty("ts").GetDouble()));
        Assert.Equal([500.0, 0.0], events.Where(one => Text(one, "ph") == "X").Select(one => one.GetProperty("ts").GetDouble()));
    }

    [Fact]
    public void Names_from_spans_stay_text()
    {
        const string Hostile = "\"}],\n\u202e</script>\ud83d\u0000";

        var span = Events(s_order with { Spans = [new WaterfallSpan(Hostile, Hostile, 0, 0, 0.001, IsError: false)] }).Single(one => Text(one, "ph") == "X");

        // Half a character outside the basic plane is no text in JSON.
        Assert.Equal(Hostile.Replace('\ud83d', '\ufffd'), Text(span, "name"));
    }

    [Fact]
    public void The_reports_link_the_file_and_a_run_without_traces_has_none()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.Path);

        ReportWriter.Write(run, Analysis(s_order), new SyntheticRun().Outcome());

        Assert.True(File.Exists(run.WaterfallFile));
        Assert.Contains("<a href=\"waterfalls.json\">", File.ReadAllText(run.HtmlReportFile), StringComparison.Ordinal);
        Assert.Contains("[waterfalls.json](waterfalls.json)", File.ReadAllText(run.MarkdownReportFile), StringComparison.Ordinal);
        var first = File.ReadAllBytes(run.WaterfallFile);
        ReportWriter.Write(run, Analysis(s_order), new SyntheticRun().Outcome());
        Assert.Equal(first, File.ReadAllBytes(run.WaterfallFile));

        ReportWriter.Write(run, new SyntheticRun().Analysis(), new SyntheticRun().Outcome());

        Assert.False(File.Exists(run.WaterfallFile));
        Assert.DoesNotContain("waterfalls.json", File.ReadAllText(run.HtmlReportFile), StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_report_has_the_file_that_it_links()
    {
        using var folder = new TemporaryFolder();
        var site = Path.Combine(folder.Path, "site");

        PublishedSite.Write(site, [new PublishedRun("run", Analysis(s_order), null)]);

        Assert.True(File.Exists(Path.Combine(site, "run", "waterfalls.json")));
    }

    private static RunAnalysis Analysis(TraceWaterfall trace)
    {
        var analysis = new SyntheticRun().Analysis();
        var traces = new TraceSummary { SpanCount = 5, MissedExportCount = 0, PersonalData = [], PersonalDataElsewhereCount = 0, Edges = [], Slowest = trace };
        return analysis with { Arms = [.. analysis.Arms.Select(arm => arm.Name == "always-on" ? arm with { Traces = traces } : arm)] };
    }

    private static JsonElement[] Events(TraceWaterfall trace)
    {
        using var document = JsonDocument.Parse(WaterfallEvents.Write(Analysis(trace))!);
        return [.. document.RootElement.GetProperty("traceEvents").EnumerateArray().Select(one => one.Clone())];
    }

    private static string? Text(JsonElement one, string member) => one.TryGetProperty(member, out var value) ? value.GetString() : null;
}
