using PerfLab.Collector.Tests;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>A load tool in place of the engine, from the scenario file to the report.</summary>
public sealed class GeneratorScenarioTests(TracedShop shop) : IClassFixture<TracedShop>
{
    // A run takes two minutes: one tool is part of every test run, PERFLAB_GENERATORS=all tries the others too.
    private static readonly (string Name, string Load, string Said)[] s_tools =
    [
        ("hey", "rate: 250/s, generator: hey", "together at 250 requests/s, each waiting for its response; not corrected"),
        ("h2load", "rate: 250/s, generator: h2load", "together at 250 requests/s, each waiting for its response; not corrected"),
        ("autocannon", "rate: 250/s, generator: autocannon", "together at 250 requests/s, each waiting for its response"),
        ("wrk", "generator: { tool: wrk, connections: 1 }", "Measured by wrk"),
    ];

    public static TheoryData<string, string, string> Tools() =>
        [.. s_tools.Take(Environment.GetEnvironmentVariable("PERFLAB_GENERATORS") == "all" ? s_tools.Length : 1)];

    [Theory(DisableParallelization = true)]
    [MemberData(nameof(Tools))]
    public async Task A_tool_finds_what_tracing_costs_as_the_engine_does(string name, string load, string said)
    {
        using var npm = name == "autocannon" ? await NpmFolder.InstallAsync(Path.Combine(AppContext.BaseDirectory, "Scenarios", "Autocannon"), name) : null;
        Assert.SkipUnless(npm?.WhyMissing is null, npm?.WhyMissing ?? string.Empty);
        Assert.SkipUnless(OperatingSystem.IsLinux() && (npm is not null || File.Exists("/usr/bin/" + name)), $"{name} is not installed. Install the Debian package {(name == "h2load" ? "nghttp2-client" : name)}.");
        var path = new Dictionary<string, string?> { ["PATH"] = $"{npm?.PathOf("node_modules", ".bin")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" };

        var tool = await shop.MeasureAsync(name, $"load: {{ {load} }}", path);
        var engine = await shop.ByEngineAsync();

        Assert.Equal(name, tool.GetProperty("generator").GetProperty("tool").GetString());
        Assert.False(engine.TryGetProperty("generator", out _));
        var (byTool, byEngine) = (TracedShop.RatioOf(tool, "cpu"), TracedShop.RatioOf(engine, "cpu"));
        if (!Meet(byTool, byEngine))
        {
            // As the gate does: what two runs on a noisy host say of each other is measured again before it counts.
            byTool = TracedShop.RatioOf(await shop.MeasureAsync(name + "-again", $"load: {{ {load} }}", path), "cpu");
            byEngine = TracedShop.RatioOf(await shop.MeasureAsync($"engine-beside-{name}", TracedShop.EngineLoad), "cpu");
        }

        Assert.True(Meet(byTool, byEngine), $"{name} {byTool}, engine {byEngine}");
        Assert.True(TracedShop.RatioOf(tool, "allocation").Low > 0.02, $"{TracedShop.RatioOf(tool, "allocation")}");
        Assert.True(TracedShop.MetricOf(tool, "p50").GetProperty("value").GetDouble() > 0);
        Assert.Contains(said, await File.ReadAllTextAsync(Path.Combine(shop.RunOf(name), "report.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // Only where each response time counts from the moment at which the request was due.
        Assert.Equal(name != "autocannon", TracedShop.MetricOf(tool, "p50").GetProperty("verdict").GetString() == "invalid");
    }

    [Fact]
    public async Task A_tool_that_is_not_known_is_refused_by_name()
    {
        var result = await Cli.RunAsync("scenario", "smoke", "--generator", "heyy");

        Assert.True(result.ExitCode == 104, result.ToString());
        Assert.Contains("--generator: 'heyy' is not a load tool that is known. Did you mean hey?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_is_not_installed_is_told_before_anything_starts()
    {
        var file = shop.Write("missing", "load: { generator: { tool: k6, command: [no-such-k6, run, \"{url}\"] } }");

        var result = await Cli.RunAsync("validate", file);

        Assert.True(result.ExitCode == 104, result.ToString());
        Assert.Contains("load.generator: no-such-k6 is on no folder of the PATH.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NBomber_that_is_not_built_is_told_with_the_command_that_builds_it()
    {
        Assert.SkipWhen(File.Exists(Path.Combine(Checkout.Root, "artifacts", "integrations", "nbomber", "ShopLoad.dll")), "It is built here.");

        var result = await Cli.RunAsync("scenario", "smoke", "--generator", "nbomber");

        Assert.True(result.ExitCode == 104, result.ToString());
        Assert.Contains("ShopLoad.dll does not exist. Build it with `dotnet build src/Integrations/NBomber -c Release`", result.Error, StringComparison.Ordinal);
    }

    private static bool Meet((double Low, double High) one, (double Low, double High) other) => one.Low <= other.High && other.Low <= one.High;
}
