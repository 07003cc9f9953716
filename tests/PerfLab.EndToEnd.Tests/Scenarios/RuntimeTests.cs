using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>Runs of services that are not .NET: what their runtime counts is measured, and the rest keeps nothing from being decided.</summary>
public sealed class RuntimeTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder _folder = new();

    [Theory(DisableParallelization = true)]
    [InlineData("node", true)]
    [InlineData("python", false)]
    [InlineData("java", false)]
    public async Task Cpu_and_latency_are_decided_whatever_the_runtime(string runtime, bool countsAllocation)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh and the placement of processes need Linux.");
        Assert.SkipUnless(TracedServices.IsInstalled(runtime), $"{runtime} is not installed.");
        var scenario = Write(await TracedServices.WriteAsync(_folder, runtime));

        var run = await RunningProgram.RunAsync(
            _folder.FullPath, Checkout.Script, ["scenario", scenario, "--results", Path.Combine(_folder.FullPath, "results"), "--fail-on-inconclusive"], s_limit);

        Assert.SkipWhen(BusyMachine.Stopped(run, _folder.FullPath), "The machine was too busy to measure anything: not one launch set counts. Run the tests alone.");
        using var summary = ReadSummary();
        var root = summary.RootElement;
        Assert.SkipWhen(root.GetProperty("launch_sets").GetInt32() < 6, "The machine was too busy for six launch sets. Run the tests alone.");
        Assert.SkipWhen(root.GetProperty("trust").GetProperty("level").GetString() == "untrusted", "On this busy machine the baseline measured twice differs from itself.");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains(root.GetProperty("trust").GetProperty("level").GetString(), new[] { "trusted", "limited" });
        var arm = root.GetProperty("arms").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "always-on");
        foreach (var metric in new[] { "cpu", "p50", "working_set" })
        {
            Assert.NotEqual(JsonValueKind.Null, Metric(arm, metric).GetProperty("ratio").ValueKind);
        }

        var allocation = Metric(arm, "allocation");
        Assert.Equal(countsAllocation, allocation.GetProperty("value").ValueKind != JsonValueKind.Null);
        if (!countsAllocation)
        {
            Assert.Contains("not available for this runtime", allocation.GetProperty("reason").GetString(), StringComparison.Ordinal);
            Assert.Contains("not available for this runtime", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static JsonElement Metric(JsonElement arm, string key) =>
        arm.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("metric").GetString() == key);

    private JsonDocument ReadSummary() =>
        JsonDocument.Parse(File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullPath, "results"), "summary.json", SearchOption.AllDirectories))));

    // A span is exported with every request and not in batches, so a window of a second holds its whole cost.
    private string Write(string[] command) => _folder.Write("runtime.yaml", $$"""
        scenario: runtime
        question: What does a span cost in this runtime?
        target:
          command: [{{string.Concat(command.Select(word => $"\"{word}\", "))}}"{port}"]
          # A JVM that compiles once and quickly is ready sooner; the other runtimes do not know the variable.
          env: { OTEL_BSP_SCHEDULE_DELAY: "100", JAVA_TOOL_OPTIONS: "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" }
          ready: { path: /health, timeout: 1m }
          requests: [ { name: home, path: / } ]
        load: { rate: 100/s }
        design: { launch_sets: 6, rounds: 8, slice: 100ms, warm_up: 750ms, warm_up_limit: 750ms, budget: 4m }
        practical_thresholds: { cpu: 100%, allocation: 100%, p50: 100% }
        thresholds:
          - overhead(cpu)<10000% for always-on
          - overhead(p50)<10000% for always-on
        baseline: off
        variants:
          - { name: off, meaning: No tracing., env: { OTEL_SDK_DISABLED: "true" } }
          - { name: always-on, meaning: Every trace., env: { OTEL_TRACES_SAMPLER: always_on } }
        """);
}
