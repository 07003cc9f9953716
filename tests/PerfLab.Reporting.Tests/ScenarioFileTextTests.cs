using PerfLab.Analysis.Inspections;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Inspections;

namespace PerfLab.Reporting.Tests;

/// <summary>The file that is written for a new service, read again by the reader of scenario files.</summary>
public sealed class ScenarioFileTextTests
{
    private static readonly RequestDefinition s_get = new()
    {
        Name = "home", Method = "GET", Path = "/", Headers = new Dictionary<string, string>(), Body = null, ExpectedStatus = 200, Weight = 1,
    };

    [Fact]
    public void What_is_written_reads_as_it_was_meant()
    {
        Assert.True(StatusExpectation.TryParse("2xx", out var any));
        var order = s_get with
        {
            Name = "order", Method = "POST", Path = "/orders?a=1&b=%22x&c={{c}}", Weight = 2.5, ExpectedStatus = any,
            Headers = new OrderedDictionary<string, string> { ["Content-Type"] = "application/json", ["X-Note"] = "a: \"b\" # {{c}}" },
            Body = "{\"items\":[\n\t{\"sku\":\"\\u00e9 'x' {{name}} {{{{\"}]}",
        };
        var process = Process(["dotnet", "My Api.dll", "--", "--json", "{{\"a\":1}}", "-1", "yes", "", "#x", "{port}"]) with
        {
            Environment = new OrderedDictionary<string, string> { ["ASPNETCORE_URLS"] = "{url}", ["EMPTY"] = "", ["NUMBER"] = "0.10", ["TEXT"] = "on: 'x' \\ \"y\"" },
        };

        var scenario = Read(process, [s_get, order]);

        Assert.Equal(process.Command, scenario.Target.Processes[0].Command);
        Assert.Equal(process.Environment, scenario.Target.Processes[0].Environment);
        Assert.Equal(("/", TimeSpan.FromSeconds(30)), (scenario.Target.Processes[0].Ready.Path, scenario.Target.Processes[0].Ready.Timeout));
        Assert.Equal(2, scenario.Target.Requests.Count);
        var read = scenario.Target.Requests[1];
        Assert.Equal((order.Name, order.Method, order.Path, order.Body, order.Weight), (read.Name, read.Method, read.Path, read.Body, read.Weight));
        Assert.Equal(order.Headers, read.Headers);
        Assert.Equal(order.ExpectedStatus, read.ExpectedStatus);
        Assert.Equal(600, scenario.Load.RatePerSecond);
        Assert.Equal((12, 25), (scenario.Design.LaunchSets, scenario.Design.Rounds));
        Assert.Equal(["off", "always-on", "ratio-10"], scenario.Variants.Select(variant => variant.Name));
        Assert.Equal("true", scenario.Variants[0].Environment["OTEL_SDK_DISABLED"]);
        Assert.Equal("0.1", scenario.Variants[2].Environment["OTEL_TRACES_SAMPLER_ARG"]);
    }

    [Theory]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("- x")]
    [InlineData("*a")]
    [InlineData("&a")]
    [InlineData("!x")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("[x]")]
    [InlineData("{{x}}")]
    [InlineData("2026-01-01")]
    [InlineData("ünï")]
    [InlineData("a\tb\nc")]
    public void Any_word_of_a_command_comes_back(string word) =>
        Assert.Equal(["program", word], Read(Process(["program", word]), [s_get]).Target.Processes[0].Command);

    private static TargetProcess Process(string[] command) => new()
    {
        Name = "target",
        Command = command,
        Environment = new Dictionary<string, string>(),
        Ready = new ReadinessCheck("/", TimeSpan.FromSeconds(60)),
    };

    private static Scenario Read(TargetProcess process, RequestDefinition[] requests)
    {
        var trial = new TracingTrial { Requests = [new RequestTrial("home", 20, 20, null)], SpanCount = 20, TraceCount = 20, SampledSpanCount = null, RejectedExports = [], LastSpanSeconds = 0 };
        var inspection = new ServiceInspection
        {
            Service = new ServiceDescription("service", process, requests) { BaseFolder = "/", Port = 5000 },
            Port = new PortHandling(PortHandlingKind.Placeholder, process),
            Runtime = ServiceRuntime.DotNet,
            StartSeconds = 0.5,
            AlwaysOn = trial,
            Off = trial with { SpanCount = 0, TraceCount = 0 },
            HalfSampled = trial with { TraceCount = 10 },
            Capacity = new ServiceCapacity(PilotResult.From(new Dictionary<string, double> { ["off"] = 3000, ["always-on"] = 2000 }, 0.3, 10), 0.5, 2),
        };
        var proposal = ScenarioDesigner.Propose(inspection, (design, arms) => arms * (design.Rounds * design.Slice).TotalSeconds);
        return ScenarioFile.Parse(ScenarioFileText.Compose(inspection, proposal, directory: null, hasSchema: true), "service.yaml");
    }
}
