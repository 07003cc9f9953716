using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>A load tool in place of the engine, from the scenario file to the report.</summary>
public sealed class GeneratorScenarioTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(6);
    private readonly TemporaryFolder _folder = new();

    [Fact(DisableParallelization = true)]
    public async Task Hey_finds_what_tracing_costs_as_the_engine_does()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/hey"), "hey is not installed. Install the Debian package hey.");
        var tool = await MeasureAsync("tool", "load: { rate: 250/s, generator: hey }", "rounds: 2, slice: 1s");
        var engine = await MeasureAsync("engine", "load: { rate: 250/s }", "rounds: 8, slice: 250ms");

        Assert.Equal("hey", tool.GetProperty("generator").GetProperty("tool").GetString());
        Assert.False(engine.TryGetProperty("generator", out _));
        var (byTool, byEngine) = (RatioOf(tool, "cpu"), RatioOf(engine, "cpu"));
        Assert.True(byTool.Low <= byEngine.High && byEngine.Low <= byTool.High, $"hey {byTool}, engine {byEngine}");
        Assert.True(RatioOf(tool, "allocation").Low > 0.02, $"{RatioOf(tool, "allocation")}");

        var latency = MetricOf(tool, "p50");
        Assert.Equal("invalid", latency.GetProperty("verdict").GetString());
        Assert.True(latency.GetProperty("value").GetDouble() > 0);
        var report = await File.ReadAllTextAsync(Path.Combine(Assert.Single(Directory.GetDirectories(Results("tool"))), "report.md"));
        Assert.Contains("Measured by hey: 16 connections, together at 250 requests/s, each waiting for its response; not corrected", report, StringComparison.Ordinal);
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
        var file = Write("missing", "load: { generator: { tool: k6, command: [no-such-k6, run, \"{url}\"] } }", "rounds: 2, slice: 1s");

        var result = await Cli.RunAsync("validate", file);

        Assert.True(result.ExitCode == 104, result.ToString());
        Assert.Contains("load.generator: no-such-k6 is on no folder of the PATH.", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Results(string name) => Path.Combine(_folder.FullPath, "results-" + name);

    private async Task<JsonElement> MeasureAsync(string name, string load, string slices)
    {
        var run = await RunningProgram.RunAsync(_folder.FullPath, Environment.ProcessPath!, [Checkout.CommandLineProgram, "scenario", Write(name, load, slices), "--results", Results(name)], s_limit);

        Assert.SkipWhen(BusyMachine.Stopped(run, Results(name)), "The machine was too busy to measure on.");
        Assert.True(run.ExitCode == 0, run.ToString());
        var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Assert.Single(Directory.GetDirectories(Results(name))), "summary.json"))).RootElement;
        Assert.SkipWhen(summary.GetProperty("launch_sets").GetInt32() < 6, "The machine was too busy for six launch sets. Run the tests alone.");
        return summary;
    }

    private static JsonElement MetricOf(JsonElement summary, string metric) => summary.GetProperty("arms").EnumerateArray()
        .Single(arm => arm.GetProperty("name").GetString() == "always-on").GetProperty("metrics").EnumerateArray().Single(each => each.GetProperty("metric").GetString() == metric);

    private static (double Low, double High) RatioOf(JsonElement summary, string metric) =>
        MetricOf(summary, metric).GetProperty("ratio") is var ratio ? (ratio.GetProperty("low").GetDouble(), ratio.GetProperty("high").GetDouble()) : default;

    private string Write(string name, string load, string slices) => _folder.Write(name + ".yaml", $$"""
        scenario: {{name}}
        question: What does tracing cost, whoever makes the load?
        target:
          command: {{ScriptedTarget.Shop}}
          env: { OTEL_SERVICE_NAME: shop, OTEL_BSP_SCHEDULE_DELAY: "500" }
          ready: { path: /health, timeout: 30s }
          requests:
            - name: order
              method: POST
              path: /orders
              headers: { Content-Type: application/json }
              body: '{"userTier":"premium","paymentMethod":"card","items":[{"sku":"SKU-0101","quantity":2}]}'
        {{load}}
        design: { launch_sets: 6, {{slices}}, warm_up: 750ms, warm_up_limit: 1500ms, budget: 5m, runtime: steady, stop: after_launch_sets }
        baseline: off
        variants:
          - { name: off, meaning: No tracing, env: { OTEL_SDK_DISABLED: "true" } }
          - { name: always-on, meaning: Every trace, env: { OTEL_TRACES_SAMPLER: always_on } }
        """);
}
