using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>Shop without tracing and with every trace, measured by a load of the test's choice.</summary>
public sealed class TracedShop : IDisposable
{
    /// <summary>The load by PerfLab's own engine.</summary>
    public const string EngineLoad = "load: { rate: 250/s }";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(6);
    private readonly TemporaryFolder _folder = new();
    private Task<JsonElement>? _byEngine;

    /// <summary>Measures with PerfLab's own engine, once for all tests of a class.</summary>
    public Task<JsonElement> ByEngineAsync() => _byEngine ??= MeasureAsync("engine", EngineLoad);

    /// <summary>Runs a scenario to its end; the test is skipped where the machine leaves no room for six launch sets.</summary>
    /// <param name="name">Of the scenario.</param>
    /// <param name="load">Its line of the load.</param>
    /// <param name="environment">Variables that differ from those of the test.</param>
    /// <returns>The machine-readable result.</returns>
    public async Task<JsonElement> MeasureAsync(string name, string load, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var run = await RunningProgram.RunAsync(_folder.FullPath, Environment.ProcessPath!, [Checkout.CommandLineProgram, "scenario", Write(name, load), "--results", Results(name)], s_limit, environment);

        Assert.SkipWhen(BusyMachine.Stopped(run, Results(name)), "The machine was too busy to measure on.");
        Assert.True(run.ExitCode == 0, run.ToString());
        var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(RunOf(name), "summary.json"))).RootElement;
        Assert.SkipWhen(summary.GetProperty("launch_sets").GetInt32() < 6, "The machine was too busy for six launch sets. Run the tests alone.");
        return summary;
    }

    /// <summary>Gets the folder of the run of a scenario.</summary>
    public string RunOf(string name) => Assert.Single(Directory.GetDirectories(Results(name)));

    /// <summary>Gets a metric of the arm that traces.</summary>
    public static JsonElement MetricOf(JsonElement summary, string metric) => summary.GetProperty("arms").EnumerateArray()
        .Single(arm => arm.GetProperty("name").GetString() == "always-on").GetProperty("metrics").EnumerateArray().Single(each => each.GetProperty("metric").GetString() == metric);

    /// <summary>Gets the interval of what tracing changes in a metric.</summary>
    public static (double Low, double High) RatioOf(JsonElement summary, string metric) =>
        MetricOf(summary, metric).GetProperty("ratio") is var ratio ? (ratio.GetProperty("low").GetDouble(), ratio.GetProperty("high").GetDouble()) : default;

    /// <summary>Writes a scenario.</summary>
    public string Write(string name, string load) => _folder.Write(name + ".yaml", $$"""
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
        design: { launch_sets: 6, rounds: 2, slice: 1s, warm_up: 1s, warm_up_limit: 3s, budget: 5m, runtime: steady, stop: after_launch_sets }
        baseline: off
        variants:
          - { name: off, meaning: No tracing, env: { OTEL_SDK_DISABLED: "true" } }
          - { name: always-on, meaning: Every trace, env: { OTEL_TRACES_SAMPLER: always_on } }
        """);

    public void Dispose() => _folder.Dispose();

    private string Results(string name) => Path.Combine(_folder.FullPath, "results-" + name);
}
