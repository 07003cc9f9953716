using System.Diagnostics;
using PerfLab.Collector.Tests;
using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Load tools that really run, against a server that fails one request in ten.</summary>
public sealed class GeneratorLoadTests : IDisposable
{
    private const int Connections = 4;
    private const string Body = "{\"sku\":\"a \\\"b\\\"\"}";

    private readonly FailingServer _server = new();

    [Theory]
    [InlineData("hey", true)]
    [InlineData("h2load", true)]
    [InlineData("wrk", false)]
    public void Requests_and_failures_are_those_that_the_server_saw(string tool, bool isMerged)
    {
        Assert.SkipUnless(IsInstalled(tool), $"{tool} is not installed. Install the Debian package {(tool == "h2load" ? "nghttp2-client" : tool)}.");
        var latency = new LatencyRecorder();

        var slice = Run(new GeneratorDefinition(tool) { Connections = Connections }, latency);

        AssertCounts(slice);
        Assert.Equal(isMerged, slice.Window.Percentiles.Count == 0);
        Assert.Equal(isMerged ? slice.Result.Counts.Answered : 0, latency.ResponseTime?.Count ?? 0);
        Assert.All(_server.Requests, request => Assert.Equal($"POST /orders?a=1 application/json {Body}", request));
        if (tool == "wrk")
        {
            Assert.Equal([50, 75, 90, 99], slice.Window.Percentiles.Select(point => point.Percentile));
            Assert.Null(slice.Window.RequestedPerSecond);
        }
        else
        {
            // 210/s for a second, 52.5/s each; a busy machine makes them fewer.
            Assert.InRange(slice.Result.Counts.Started, 20, 232);
            Assert.Equal(210, slice.Window.RequestedPerSecond);
        }
    }

    [Fact]
    public async Task Autocannon_counts_as_the_server_does()
    {
        using var autocannon = await NpmFolder.InstallAsync(Path.Combine(AppContext.BaseDirectory, "LaunchSets", "Autocannon"), "autocannon");
        Assert.SkipUnless(autocannon.WhyMissing is null, autocannon.WhyMissing ?? string.Empty);
        var contract = GeneratorCatalog.Find("autocannon")!;

        var slice = Run(new GeneratorDefinition("autocannon") { Connections = Connections, Command = ["node", autocannon.PathOf("node_modules", "autocannon", "autocannon.js"), .. contract.Command.Skip(1)] }, new LatencyRecorder());

        AssertCounts(slice);
        Assert.Contains(slice.Window.Percentiles, point => point is { Percentile: 50, Seconds: >= 0 and < 10 });
        Assert.All(_server.Requests, request => Assert.Equal($"POST /orders?a=1 application/json {Body}", request));
    }

    [Fact]
    public void A_program_of_NBomber_takes_its_load_from_the_configuration_and_tells_the_statuses()
    {
        Assert.SkipUnless(IsInstalled("node"), "node is not installed. Install the Debian package nodejs.");
        var latency = new LatencyRecorder();

        // Behind {root} as the command of the catalog.
        var slice = Run(new GeneratorDefinition("nbomber") { Command = ["node", "{root}/LaunchSets/NBomber/stand-in.cjs"] }, latency);

        AssertCounts(slice);
        Assert.Equal([50, 75, 95, 99], slice.Window.Percentiles.Select(point => point.Percentile));
        Assert.Equal((210, 210), (slice.Window.RequestedPerSecond, slice.Result.Counts.Started));
        Assert.Equal(0, latency.ResponseTime?.Count ?? 0);
        Assert.All(_server.Requests, request => Assert.Equal($"POST /orders?a=1 application/json {Body}", request));
    }

    [Theory]
    [InlineData("ended", "exit 7", "echo some words >&2; exit 7", 7, "some words")]
    [InlineData("no-output", "nothing", "exit 0", 0, "")]
    [InlineData("not-understood", "prose", "echo 'Usage: hey'", 0, "there is no column")]
    [InlineData("ended", "a signal", "echo started >&2; kill -KILL $$", 137, "started")]
    public void A_window_without_numbers_says_why_with_the_last_words(string code, string what, string script, int exitCode, string lastWords)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script needs a shell.");

        var failure = Run(Script(script), new LatencyRecorder()).Failure;

        Assert.NotNull(failure);
        Assert.Equal((code, exitCode), (failure.Code, failure.ExitCode));
        Assert.True(failure.LastWords.Contains(lastWords, StringComparison.Ordinal), $"{what}: {failure}");
    }

    [Fact]
    public void A_tool_that_does_not_end_is_ended_with_all_that_it_started()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script needs a shell.");
        var folder = Directory.CreateTempSubdirectory("perflab-test-").FullName;
        var file = Path.Combine(folder, "child");
        try
        {
            var failure = Run(Script($"sleep 600 & echo $! > {file}; echo waiting >&2; wait"), new LatencyRecorder(), margin: TimeSpan.FromSeconds(1)).Failure;

            Assert.Equal(("hung", (int?)null, "waiting"), (failure!.Code, failure.ExitCode, failure.LastWords));
            Assert.False(IsAlive(File.ReadAllText(file).Trim()), "What the tool had started is still there.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_tool_that_is_not_there_ends_the_pilot_with_its_name()
    {
        using var arm = Arm();

        var error = Assert.Throws<TargetFailedException>(() =>
            new GeneratorLoad(PlanOf(), new GeneratorDefinition("hey") { Command = ["no-such-tool", "{request}"] }, root: string.Empty).TryOnce(arm, TestContext.Current.CancellationToken));

        Assert.StartsWith("load.generator: hey gave no numbers", error.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-tool", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_third_window_without_numbers_in_a_row_ends_the_launch_set()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script needs a shell.");
        using var arm = Arm();
        var load = new GeneratorLoad(PlanOf(), Script("exit 3"), root: string.Empty);

        Assert.NotNull(load.Run(arm, new LatencyRecorder(), TestContext.Current.CancellationToken).Failure);
        Assert.NotNull(load.Run(arm, new LatencyRecorder(), TestContext.Current.CancellationToken).Failure);
        Assert.Throws<TargetFailedException>(() => load.Run(arm, new LatencyRecorder(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Ctrl_C_ends_the_tool()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script needs a shell.");
        using var interrupted = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        using var arm = Arm();
        var clock = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => new GeneratorLoad(PlanOf(), Script("sleep 600"), root: string.Empty).Run(arm, new LatencyRecorder(), interrupted.Token));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    public void Dispose() => _server.Dispose();

    // What was in flight at the end of the window is seen by the server alone.
    private void AssertCounts(GeneratorSlice slice)
    {
        Assert.Null(slice.Failure);
        var (counts, served) = (slice.Result.Counts, _server.Requests.Count);
        Assert.InRange(served - counts.Started, 0, Connections);
        Assert.InRange((served / 10) - counts.Errors, 0, Connections);
        Assert.True(counts.Errors > 0, "None of the failures was seen.");
        Assert.Equal(counts.Started - counts.Answered, counts.Errors);
        Assert.Equal(counts.Errors, slice.Result.Errors[GeneratorOutput.UnexpectedStatus]);
    }

    private static bool IsInstalled(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

    private static bool IsAlive(string id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Trim().StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static GeneratorDefinition Script(string script) => new("hey") { Command = ["sh", "-c", script, "{request}", "-o", "{output}"] };

    private GeneratorSlice Run(GeneratorDefinition generator, LatencyRecorder latency, TimeSpan? margin = null)
    {
        using var arm = Arm();
        return new GeneratorLoad(PlanOf(), generator, AppContext.BaseDirectory) { Margin = margin ?? TimeSpan.FromSeconds(30) }.Run(arm, latency, TestContext.Current.CancellationToken);
    }

    private RunningArm Arm() => new(TestPlans.Small().Arms[0], [], new ScriptedService(_ => null)) { Address = _server.Address };

    private static Plan PlanOf() => TestPlans.Small() with
    {
        RatePerSecond = 210,
        SliceSeconds = 1,
        Target = new TargetDefinition([], [new RequestDefinition { Name = "order", Method = "POST", Path = "/orders?a=1", Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" }, Body = Body, ExpectedStatus = 200, Weight = 1 }]),
    };
}
