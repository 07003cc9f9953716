using PerfLab.Experiments.Generators;

namespace PerfLab.Experiments.Tests.Generators;

/// <summary>Of a server that fails one request in ten, every tool's output says 100 requests and 10 failures.</summary>
public sealed class GeneratorOutputTests
{
    private static readonly string[] s_percentilesOfNBomber = ["50=2.11", "75=3.02", "95=7.5", "99=39.9"];
    private static readonly string[] s_columnsTurned = ["failed,step_name,ok,request_count,99_percent,50_percent", "10,global information,90,100,39.9,2.11"];

    public static TheoryData<string, string> Outputs => new()
    {
        { "k6", ToolOutput.K6 },
        { "k6", ToolOutput.K6HandleSummary },
        { "vegeta", ToolOutput.Vegeta },
        { "oha", ToolOutput.Oha },
        { "wrk2", ToolOutput.Wrk2 },
        { "jmeter", ToolOutput.JMeter },
        { "artillery", ToolOutput.Artillery },
        { "locust", ToolOutput.Locust },
        { "autocannon", ToolOutput.Autocannon },
        { "nbomber", ToolOutput.NBomber },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void One_failed_request_in_ten_is_counted(string tool, string text)
    {
        var output = Read(tool, text);

        Assert.Equal((100, 90), (output.RequestCount, output.AnsweredCount));
        Assert.Equal(10, output.Errors.Values.Sum());
        Assert.All(output.Errors.Values, count => Assert.True(count > 0));
    }

    [Theory]
    [InlineData("k6", ToolOutput.K6, "50=1.9 90=3.5 95=4.5 99=15 99.9=19.5")]
    [InlineData("k6", ToolOutput.K6HandleSummary, "50=2 90=4 95=5")]
    [InlineData("oha", ToolOutput.Oha, "10=0.5 25=0.6 50=0.9 75=1.1 90=1.6 95=2.1 99=10.5 99.9=20.9")]
    [InlineData("wrk2", ToolOutput.Wrk2, "50=6.67 75=7.78 90=9.14 99=11.18 99.9=0.98 99.99=1200 99.999=12.5 100=12.5")]
    [InlineData("artillery", ToolOutput.Artillery, "50=2 75=3 90=4 95=6 99=40 99.9=43.4")]
    [InlineData("autocannon", ToolOutput.Autocannon, "0.001=0 2.5=0 50=1 75=2 90=3 97.5=5 99=9 99.9=31")]
    [InlineData("nbomber", ToolOutput.NBomber, "50=2.11 75=3.02 95=7.5 99=39.9")]
    public void Percentiles_are_those_that_the_tool_reports_in_milliseconds(string tool, string text, string percentiles) =>
        Assert.Equal(percentiles.Split(' '), Show(Read(tool, text)));

    [Fact]
    public void Response_times_of_each_request_are_those_of_the_answered_ones()
    {
        Assert.Equal([.. Enumerable.Range(0, 99).Where(index => index % 11 != 10).Select(index => (1_000_000 + (index * 1000)) / 1e9)], Read("vegeta", ToolOutput.Vegeta).LatencySeconds, Same);
        Assert.Equal([.. Enumerable.Range(0, 100).Where(index => index % 10 != 9).Select(index => (1 + (index / 10)) / 1e3)], Read("jmeter", ToolOutput.JMeter).LatencySeconds, Same);

        // Locust counts how often each millisecond occurred, failed requests among them.
        Assert.Equal([.. Enumerable.Repeat(0.002, 50), .. Enumerable.Repeat(0.011, 10), .. Enumerable.Repeat(0.001, 40)], Read("locust", ToolOutput.Locust).LatencySeconds, Same);
    }

    [Fact]
    public void Starts_that_k6_dropped_are_told() => Assert.Equal(3, Read("k6", ToolOutput.K6).DroppedCount);

    [Fact]
    public void Columns_of_NBomber_are_read_by_their_names()
    {
        var output = Read("nbomber", string.Join('\n', s_columnsTurned));

        Assert.Equal((100, 90), (output.RequestCount, output.AnsweredCount));
        Assert.Equal(["50=2.11", "99=39.9"], Show(output));
        Assert.Equal(s_percentilesOfNBomber, Show(Read("nbomber", ToolOutput.NBomber)));
    }

    [Theory]
    [InlineData("{\"200\":90,\"500\":10}", 90, "unexpected_status=10")]
    [InlineData("{\"200\":85,\"201\":5,\"500\":7,\"-101\":2,\"\":1}", 90, "failed=3 unexpected_status=7")]
    [InlineData("{\"200\":60}", 60, "failed=40")]
    public void Why_requests_failed_is_told_by_the_total_of_the_sink_for_NBomber(string statuses, int answered, string errors)
    {
        // An interval that ends with the run may be written after it.
        var details = $"{{\"kind\":\"total\",\"statuses\":{statuses}}}\n{{\"kind\":\"interval\",\"statuses\":{{\"500\":1}}}}\n";

        var output = GeneratorCatalog.Find("nbomber")!.Read(new GeneratorText(ToolOutput.NBomber, status => status is >= 200 and < 300, details));

        Assert.Equal((100, answered), (output.RequestCount, output.AnsweredCount));
        Assert.Equal(errors.Split(' '), output.Errors.Select(error => $"{error.Key}={error.Value}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"total\",\"statuses\":[]}")]
    [InlineData("{\"kind\":\"interval\",\"statuses\":{}}")]
    [InlineData("NBomber 4")]
    public void Lines_of_something_else_are_refused(string details) =>
        Assert.Throws<FormatException>(() => GeneratorCatalog.Find("nbomber")!.Read(new GeneratorText(ToolOutput.NBomber, _ => true, details)));

    [Fact]
    public void Which_status_is_an_answer_says_the_scenario()
    {
        var output = GeneratorCatalog.Find("hey")!.Read(new GeneratorText("response-time,status-code\n0.0010,404\n0.0020,200\n", status => status == 404));

        Assert.Equal((2, 1), (output.RequestCount, output.AnsweredCount));
        Assert.Equal([0.001], output.LatencySeconds, Same);
    }

    [Theory]
    [InlineData("k6", "{}")]
    [InlineData("k6", "not JSON")]
    [InlineData("oha", "[]")]
    [InlineData("autocannon", "{\"requests\": {}}")]
    [InlineData("artillery", "{\"aggregate\": {\"counters\": {}}}")]
    [InlineData("locust", "Killed")]
    [InlineData("wrk", "unable to connect to 127.0.0.1:1 Connection refused")]
    [InlineData("hey", "Usage: hey [options...] <url>\n")]
    [InlineData("hey", "response-time,status-code\nsoon,200\n")]
    [InlineData("h2load", "1700\t200\n")]
    [InlineData("vegeta", "1700,200\n")]
    [InlineData("jmeter", "timeStamp,elapsed\n1,2\n")]
    [InlineData("nbomber", "step_name,request_count,failed\nplace,1,0\n")]
    public void Something_else_is_refused(string tool, string text) => Assert.Throws<FormatException>(() => Read(tool, text) is { RequestCount: 0 } ? throw new FormatException() : 0);

    private static GeneratorOutput Read(string tool, string text) =>
        GeneratorCatalog.Find(tool)!.Read(new GeneratorText(text.ReplaceLineEndings("\n"), status => status is >= 200 and < 300));

    private static IEnumerable<string> Show(GeneratorOutput output) =>
        output.Percentiles.Select(point => FormattableString.Invariant($"{point.Percentile}={Math.Round(point.Seconds * 1e3, 6)}"));

    private static bool Same(double one, double other) => Math.Abs(one - other) < 1e-9;
}
