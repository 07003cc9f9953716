using PerfLab.Load.Drivers;
using PerfLab.Load.Feeds;
using PerfLab.Load.LoadTests;
using PerfLab.Load.Tests.Drivers;
using PerfLab.Load.Tests.Servers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests;

/// <summary>How often the rows of a feed are sent.</summary>
public sealed class RowsOnceTests
{
    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void With_two_kinds_of_loops_and_two_requests_each_row_is_sent_once(DriverKind kind)
    {
        var seen = new List<string>();
        using var server = ScriptedServer.OfPaths(seen);
        var test = LoadTestRunTests.Test(new Uri(server.Address, "/"), "iterations_for_inject(100, 3), iterations_for_constant(1, 3)") with
        {
            Requests = [Requests.Get("/a/{{id}}", weight: 2), Requests.Get("/b/{{id}}")],
            Feeds = [Rows(6)],
            UsesRowsOnce = true,
            Options = new DriverOptions { Kind = kind, MaxInFlight = 1, WhenBusy = BusyPolicy.Wait },
        };

        var record = LoadTestRunTests.Run(test);

        Assert.Equal(6, record.Counts.Answered);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], seen.Select(path => path.Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(record.Findings, finding => finding.Code == "rows-reused");
        Assert.Contains("Feed 'rows' has 5 rows and the load needs 6", Assert.Throws<ArgumentException>(() => LoadTestRun.Prepare(test with { Feeds = [Rows(5)] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_is_judged_by_the_requests_that_use_it()
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        var test = LoadTestRunTests.Test(new Uri(server.Address, "/"), "iterations_for_inject(200, 40)") with
        {
            Requests = [Requests.Get("/rare/{{id}}"), Requests.Get("/often", weight: 3)],
            Feeds = [Rows(10)],
        };

        // 10 of 40 requests use a row each.
        _ = LoadTestRun.Prepare(test with { UsesRowsOnce = true });
        Assert.Throws<ArgumentException>(() => LoadTestRun.Prepare(test with { UsesRowsOnce = true, Feeds = [Rows(9)] }));
        Assert.DoesNotContain(LoadTestRunTests.Run(test).Findings, finding => finding.Code == "rows-reused");
        var finding = Assert.Single(LoadTestRunTests.Run(test with { Feeds = [Rows(9)] }).Findings, finding => finding.Code == "rows-reused");
        Assert.Contains("has 9 rows for 10 requests", finding.Facts, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_two_ways_of_counting_would_send_twice_are_refused()
    {
        var test = LoadTestRunTests.Test(new Uri("http://127.0.0.1:1/"), "iterations_for_inject(200, 4)") with
        {
            Requests = [Requests.Get("/a/{{id}}"), Requests.Get("/b/{{id}}/{{uuid}}")],
            Feeds = [Rows(10), FeedSyntax.Generate(["uuid=uuid"], seed: 1)],
            UsesRowsOnce = true,
        };

        Assert.Contains("count their rows apart", Assert.Throws<ArgumentException>(() => LoadTestRun.Prepare(test)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/orders/{id}", null, "Feed 'rows' is used by no request (--feed). Write {{id}}")]
    [InlineData("/orders/${id}", "id=sequence(1)", "Generated field 'id' is used by no request (--generate). Write {{id}}")]
    [InlineData("/orders/{{generated.id}}", "id=sequence(1)", "Feed 'rows' is used by no request")]
    [InlineData("/orders/{{rows.id}}", "other=uuid", "Generated field 'other' is used by no request")]
    public void A_feed_or_a_generated_field_that_no_request_uses_is_refused(string path, string? generated, string fault)
    {
        var test = LoadTestRunTests.Test(new Uri("http://127.0.0.1:1/"), "iterations_for_inject(200, 4)") with
        {
            Requests = [Requests.Get(path), Requests.Get("/always")],
            Feeds = generated is null ? [Rows(3)] : [Rows(3), FeedSyntax.Generate([generated], seed: 1)],
        };

        Assert.Contains(fault, Assert.Throws<ArgumentException>(() => LoadTestRun.Prepare(test)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlaceholderRule.None, true)]
    [InlineData(PlaceholderRule.WellFormed, false)]
    public void A_body_without_placeholders_uses_no_feed(PlaceholderRule rule, bool isRefused)
    {
        var test = LoadTestRunTests.Test(new Uri("http://127.0.0.1:1/"), "iterations_for_inject(200, 4)") with
        {
            Body = new RequestBody("{{id}}"u8.ToArray(), rule),
            Feeds = [Rows(3)],
        };

        var message = Record.Exception(() => LoadTestRun.Prepare(test))?.Message;

        Assert.Equal(isRefused, message?.Contains("The body has no placeholders", StringComparison.Ordinal) ?? false);
    }

    private static DataFeed Rows(int count, string name = "rows", string field = "id")
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $"{field}\n{string.Join('\n', Enumerable.Range(1, count))}");
            return DataFeed.FromCsvFile(name, path, FeedOrder.Sequential);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
