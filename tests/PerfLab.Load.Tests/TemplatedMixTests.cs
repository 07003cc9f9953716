using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Load.Feeds;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Drivers;
using PerfLab.Load.Tests.Servers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests;

public sealed class TemplatedMixTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-mix-").FullName;

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Placeholders_are_filled_and_escaped_for_where_they_stand()
    {
        var request = Requests.Get("/items/{{name}}?q={{ name }}") with
        {
            Method = "POST",
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["X-Id"] = "{{items.id}}" },
            Body = """{"name":"{{name}}","id":{{id}}}""",
        };

        var filled = Assert.Single(Filled(Mix([request], Feed("items", "id,name\n7,\"a \"\"b\"\" & \u00e4/c\"\n"))));

        Assert.Equal("/items/a%20%22b%22%20%26%20%C3%A4%2Fc?q=a%20%22b%22%20%26%20%C3%A4%2Fc", filled.Definition.Path);
        Assert.Equal("7", filled.Definition.Headers["X-Id"]);
        Assert.Equal("""{"name":"a \"b\" & ä/c","id":7}""", Encoding.UTF8.GetString(filled.Body!));
    }

    [Fact]
    public void A_form_is_percent_encoded_and_other_bodies_are_left_alone()
    {
        var feed = Feed("f", "v\na&b=c\n");
        var form = Requests.Get() with { Method = "POST", Headers = new Dictionary<string, string> { ["content-type"] = "application/x-www-form-urlencoded" }, Body = "x={{v}}" };
        var plain = Requests.Get() with { Method = "POST", Body = "x={{v}}" };

        Assert.Equal(["x=a%26b%3Dc", "x=a&b=c"], Filled(Mix([form, plain], feed)).Select(variant => Encoding.UTF8.GetString(variant.Body!)));
    }

    [Fact]
    public void Rows_follow_each_other_and_begin_again()
    {
        var mix = Mix([Requests.Get("/{{v}}")], Feed("f", "v\na\nb\nc\n"));
        var cursor = mix.NewCursor();

        Assert.Equal(["/a", "/b", "/c", "/a", "/b"], Enumerable.Range(0, 5).Select(_ => Filled(mix)[cursor.Next()].Definition.Path));
    }

    [Fact]
    public void Shuffled_rows_are_used_once_per_pass_in_an_order_of_the_seed()
    {
        var text = "v\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i}\n"));
        string[] OrderOf(ulong seed)
        {
            var mix = RequestMix.Create(new Uri("http://a"), [Requests.Get("/{{v}}")], new RequestMixOptions { Feeds = [Feed("f", text, FeedOrder.Shuffled)] }, seed);
            var cursor = mix.NewCursor();
            return [.. Enumerable.Range(0, 50).Select(_ => Filled(mix)[cursor.Next()].Definition.Path)];
        }

        Assert.Equal(50, OrderOf(1).Distinct().Count());
        Assert.Equal(OrderOf(1), OrderOf(1));
        Assert.NotEqual(OrderOf(1), OrderOf(2));
    }

    [Fact]
    public void Fields_of_one_feed_come_from_the_same_row_and_feeds_go_on_by_themselves()
    {
        var mix = Mix([Requests.Get("/{{a}}/{{b}}/{{c}}")], Feed("two", "a,b\n1,one\n2,two\n"), Feed("three", "c\nx\ny\nz\n"));

        Assert.Equal(["/1/one/x", "/2/two/y", "/1/one/z"], Filled(mix).Select(variant => variant.Definition.Path));
    }

    [Theory]
    [InlineData("/{{nothing}}", "names no field")]
    [InlineData("/{{v}}", "fields of 2 feeds")]
    [InlineData("/{{v", "never closed")]
    public void A_placeholder_that_cannot_be_filled_is_refused(string path, string fault)
    {
        var message = Assert.Throws<FormatException>(() => Mix([Requests.Get(path)], Feed("f", "v\n1\n"), Feed("g", "v\n2\n"))).Message;

        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains($"request 'get {path}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_a_header_cannot_carry_is_refused()
    {
        var request = Requests.Get() with { Headers = new Dictionary<string, string> { ["X"] = "{{v}}" } };

        var message = Assert.Throws<FormatException>(() => Mix([request], Feed("f", "v\n1\n\"1\r\nInjected: 2\"\n"))).Message;

        Assert.Contains("row 2 of placeholder '{{v}}' holds U+000D", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_cannot_be_sent_is_named_and_not_shown()
    {
        var request = Requests.Get() with { Headers = new Dictionary<string, string> { ["X-Api-Key"] = "planted\u20ac" } };

        var message = Assert.Throws<FormatException>(() => Mix([request], Feed("f", "v\n1\n"))).Message;

        Assert.Contains("header X-Api-Key", message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_feeds_double_braces_mean_nothing()
    {
        var request = Requests.Get() with { Method = "POST", Body = "{{v}}" };

        Assert.EndsWith("{{v}}", Encoding.ASCII.GetString(RequestMix.Create(new Uri("http://a"), [request], 1).Prepare().Take(0).Span), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_drivers_send_the_rows(DriverKind kind)
    {
        var seen = new List<string>();
        using var server = ScriptedServer.OfPaths(seen);
        var mix = RequestMix.Create(server.Address, [Requests.Get("/{{v}}")], new RequestMixOptions { Feeds = [Feed("f", "v\na\nb\nc\n")] }, 1);
        using var driver = RequestDriverFactory.Create(server.Address, mix, new DriverOptions { Kind = kind, MaxInFlight = 1, WhenBusy = BusyPolicy.Wait });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        driver.RunClosed(ClosedLoad.ForIterations(1, 2), new LatencyRecorder(), limit.Token);
        driver.RunOpen(ArrivalSchedule.Constant(100, TimeSpan.FromSeconds(0.02)), new LatencyRecorder(), limit.Token);
        driver.RunOpen(ArrivalSchedule.Constant(100, TimeSpan.FromSeconds(0.02)), new LatencyRecorder(), limit.Token);

        // The warm-up has an order of its own, the measured runs go on from each other.
        Assert.Equal(["/a", "/b", "/a", "/b", "/c", "/a"], seen);
    }

    private static FilledRequest[] Filled(RequestMix mix) => [.. mix.Entries.Select(entry => entry.Template.Fill(entry.Variant))];

    private static RequestMix Mix(RequestDefinition[] requests, params DataFeed[] feeds) => RequestMix.Create(new Uri("http://a"), requests, new RequestMixOptions { Feeds = feeds }, 1);

    private DataFeed Feed(string name, string csv, FeedOrder order = FeedOrder.Sequential)
    {
        var path = Path.Combine(_folder, $"{name}.csv");
        File.WriteAllText(path, csv);
        return DataFeed.FromCsvFile(name, path, order);
    }
}
