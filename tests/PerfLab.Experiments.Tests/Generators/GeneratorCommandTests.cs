using System.Text.Json;
using PerfLab.Experiments.Generators;

namespace PerfLab.Experiments.Tests.Generators;

public sealed class GeneratorCommandTests
{
    private static readonly GeneratorRun s_run = new()
    {
        Url = "http://127.0.0.1:5000",
        Request = new GeneratorRequest("POST", "/orders?a=1", new Dictionary<string, string> { ["Content-Type"] = "application/json", ["X-Key"] = "1" }, "{\"a\":1}"),
        RequestName = "order",
        RatePerSecond = 300.4,
        Seconds = 2,
        Connections = 8,
        Folder = "/tmp/run",
        Root = "/tmp/checkout",
        Threads = 2,
    };

    [Theory]
    [InlineData("hey", "hey -z 2s -c 8 -q 37.5 -o csv -disable-redirects -m POST -T application/json -H X-Key: 1 -d {\"a\":1} http://127.0.0.1:5000/orders?a=1")]
    [InlineData("h2load", "h2load --h1 -c 8 -D 2 --rps 37.5 --log-file=/tmp/run/requests.log -H Content-Type: application/json -H X-Key: 1 -d /tmp/run/body.txt http://127.0.0.1:5000/orders?a=1")]
    [InlineData("autocannon", "autocannon -j -c 8 -R 300 -d 2 -m POST -H Content-Type: application/json -H X-Key: 1 -b {\"a\":1} http://127.0.0.1:5000/orders?a=1")]
    [InlineData("wrk", "wrk -t 2 -c 8 -d 2s --latency -H Content-Type: application/json -H X-Key: 1 -s /tmp/run/script.txt http://127.0.0.1:5000/orders?a=1")]
    [InlineData("nbomber", "dotnet /tmp/checkout/artifacts/integrations/nbomber/ShopLoad.dll --config=/tmp/run/config.json")]
    [InlineData("vegeta", "vegeta attack -rate=300/1s -duration=2s -redirects=-1 -targets=/tmp/run/targets.txt -output=/tmp/run/results.bin")]
    public void The_request_is_sent_by_the_flags_of_the_tool(string tool, string command)
    {
        var generator = new GeneratorDefinition(tool) { Connections = 8 };

        Assert.Equal(command, string.Join(' ', GeneratorCommand.Expand(generator, GeneratorCommand.WordsOf(generator), s_run)));
    }

    [Fact]
    public void A_command_of_the_user_gets_what_makes_the_tool_write_its_output()
    {
        var generator = new GeneratorDefinition("k6") { Command = ["k6", "run", "-e", "URL={url}", "-e", "BODY={{}}", "a.js"] };

        Assert.Equal(
            ["k6", "run", "-e", "URL=http://127.0.0.1:5000", "-e", "BODY={}", "a.js", "--summary-export", Path.Combine("/tmp/run", "summary.json"), "--summary-trend-stats", "avg,min,med,max,p(50),p(75),p(90),p(95),p(99),p(99.9)"],
            GeneratorCommand.Expand(generator, GeneratorCommand.WordsOf(generator), s_run));
    }

    [Fact]
    public void A_command_that_names_its_output_gets_nothing()
    {
        var generator = new GeneratorDefinition("k6") { Command = ["k6", "run", "--summary-export={output}", "a.js"] };

        Assert.Equal(generator.Command, GeneratorCommand.WordsOf(generator));
    }

    [Fact]
    public void Vegeta_reads_the_request_from_its_targets() => Assert.Equal(
        "POST http://127.0.0.1:5000/orders?a=1\nContent-Type: application/json\nX-Key: 1\n@" + Path.Combine("/tmp/run", "body.txt") + "\n",
        GeneratorCatalog.Find("vegeta")!.Files["targets"](s_run));

    // {"a":1} in bytes.
    [Fact]
    public void A_body_cannot_end_the_script_of_wrk() => Assert.Equal(
        "wrk.method = \"\\080\\079\\083\\084\"\nwrk.body = \"\\123\\034\\097\\034\\058\\049\\125\"\n",
        GeneratorCatalog.Find("wrk")!.Files["script"](s_run));

    [Fact]
    public void NBomber_takes_rate_window_and_address_from_its_configuration()
    {
        using var configuration = JsonDocument.Parse(GeneratorCatalog.Find("nbomber")!.Files["config"](s_run));

        var settings = configuration.RootElement.GetProperty("GlobalSettings");
        var scenario = settings.GetProperty("ScenariosSettings")[0];
        Assert.Equal("order", scenario.GetProperty("ScenarioName").GetString());
        Assert.Equal("[300,\"00:00:01\",\"00:00:02\"]", scenario.GetProperty("LoadSimulationsSettings")[0].GetProperty("Inject").GetRawText());
        Assert.Equal("{\"Url\":\"http://127.0.0.1:5000\",\"Method\":\"POST\",\"Path\":\"/orders?a=1\",\"Headers\":{\"Content-Type\":\"application/json\",\"X-Key\":\"1\"},\"Body\":\"{\\u0022a\\u0022:1}\"}", scenario.GetProperty("CustomSettings").GetRawText());
        Assert.Equal(GeneratorCommand.OutputOf(GeneratorCatalog.Find("nbomber")!, s_run), Path.Combine(settings.GetProperty("ReportFolder").GetString()!, $"{settings.GetProperty("ReportFileName").GetString()}.csv"));
    }

    // NBomber 4.1.2 takes .json alone, ends on a warm-up of 0 s, and deletes its report folder, in which nothing else may be then.
    [Fact]
    public void NBomber_gets_what_it_accepts()
    {
        var nbomber = GeneratorCatalog.Find("nbomber")!;
        using var configuration = JsonDocument.Parse(nbomber.Files["config"](s_run with { Request = s_run.Request with { Body = null } }));

        var settings = configuration.RootElement.GetProperty("GlobalSettings");
        var scenario = settings.GetProperty("ScenariosSettings")[0];
        Assert.False(scenario.TryGetProperty("WarmUpDuration", out _));
        Assert.False(scenario.GetProperty("CustomSettings").TryGetProperty("Body", out _));
        Assert.Equal(".json", Path.GetExtension(GeneratorCommand.FileOf(s_run, "config")));
        Assert.NotEqual(s_run.Folder, settings.GetProperty("ReportFolder").GetString());
    }

    [Fact]
    public void Every_tool_of_the_catalog_stands_on_its_page()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "generators.md"));

        Assert.All(GeneratorCatalog.All, tool =>
        {
            var loop = tool.Loop switch { LoadLoop.Open => "open", LoadLoop.Paced => "paced", _ => "closed" };
            var corrected = tool.IsCorrected ? "yes" : tool.Loop == LoadLoop.Open ? "see below" : "no";
            var resolution = tool.ResolutionSeconds >= 1e-5 ? FormattableString.Invariant($"{tool.ResolutionSeconds * 1e3:0.##} ms") : "1 us";
            Assert.Contains($"| `{tool.Name}` | {loop} | {corrected} | {resolution} | {(tool.IsMergeable ? "merged" : "median of each percentile")}", page, StringComparison.Ordinal);
        });
    }
}
