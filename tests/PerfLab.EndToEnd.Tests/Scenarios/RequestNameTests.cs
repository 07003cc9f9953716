using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>Requests of one scenario that differ in speed, told apart by their names from the socket to the threshold.</summary>
public sealed class RequestNameTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder _folder = new();

    [Fact(DisableParallelization = true)]
    public async Task Each_name_has_its_numbers_and_thresholds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh needs Linux.");
        var file = WriteScenario("p(50){slow}>=20ms", "p(50){fast}<20ms", "rate{slow}<1%");
        var results = Path.Combine(_folder.FullPath, "results");

        var run = await RunningProgram.RunAsync(_folder.FullPath, Environment.ProcessPath!, [Checkout.CommandLineProgram, "scenario", file, "--results", results], s_limit);

        Assert.SkipWhen(BusyMachine.Stopped(run, results), "The machine was too busy to measure on.");
        var folder = Assert.Single(Directory.GetDirectories(results));
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "summary.json")));
        Assert.SkipWhen(summary.RootElement.GetProperty("launch_sets").GetInt32() < 6, "The machine was too busy for six launch sets. Run the tests alone.");
        Assert.SkipWhen(summary.RootElement.GetProperty("trust").GetProperty("level").GetString() == "untrusted", "On this busy machine the baseline measured twice differs from itself.");
        Assert.True(run.ExitCode == 0, run.ToString());
        foreach (var arm in summary.RootElement.GetProperty("arms").EnumerateArray())
        {
            var requests = arm.GetProperty("requests").EnumerateArray().ToDictionary(request => request.GetProperty("name").GetString()!);
            Assert.Equal(["fast", "slow"], requests.Keys.Order(StringComparer.Ordinal));
            Assert.True(requests["slow"].GetProperty("p50_seconds").GetDouble() >= 0.02, arm.ToString());
            Assert.True(requests["fast"].GetProperty("p50_seconds").GetDouble() < 0.02, arm.ToString());
            Assert.Equal(Offered(folder, arm.GetProperty("name").GetString()!), requests.Values.Sum(request => request.GetProperty("offered").GetInt64()));
        }

        Assert.Equal(
            ["proven", "proven", "proven"],
            summary.RootElement.GetProperty("thresholds").GetProperty("results").EnumerateArray().Select(threshold => threshold.GetProperty("outcome").GetString()));
        Assert.Contains("<summary>Request slow</summary>", await File.ReadAllTextAsync(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_threshold_of_a_request_that_the_scenario_does_not_have_is_104_with_line_and_names()
    {
        var result = await Cli.RunAsync("validate", WriteScenario("p(99){slw}<20ms"));

        Assert.True(result.ExitCode == 104, result.ToString());
        Assert.Contains("there is no request 'slw'. Did you mean slow?", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static long Offered(string run, string arm) => Directory.GetFiles(Path.Combine(run, "launches"), "launch.json", SearchOption.AllDirectories)
        .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement)
        .SelectMany(launch => launch.GetProperty("arms").EnumerateArray().Where(record => record.GetProperty("arm").GetString() == arm))
        .SelectMany(record => record.GetProperty("slices").EnumerateArray().Where(slice => !slice.GetProperty("is_voided").GetBoolean()))
        .Sum(slice => slice.GetProperty("offered_count").GetInt64());

    // A service in a hundred lines less than the shop: one path waits 20 ms by the clock, the other does not.
    private string WriteScenario(params string[] thresholds)
    {
        _folder.Write("server.js", """
            require('http').createServer((request, response) => {
              setTimeout(() => response.end('ok'), request.url === '/slow' ? 25 : 0);
            }).listen(Number(process.argv[2]), '127.0.0.1');
            """);
        return _folder.Write("named.yaml", $$"""
            scenario: named
            question: Which request is slow?
            target:
              command: [node, server.js, "{port}"]
              ready: { path: /health }
              requests:
                - { name: fast, path: /fast, weight: 3 }
                - { name: slow, path: /slow }
            load: { rate: 100/s }
            design: { launch_sets: 6, rounds: 4, slice: 250ms, warm_up: 500ms, warm_up_limit: 500ms, budget: 4m }
            baseline: a
            variants:
              - { name: a, meaning: First., env: { OTEL_SDK_DISABLED: "true" } }
            thresholds:
            {{string.Join('\n', thresholds.Select(threshold => $"  - '{threshold}'"))}}
            """);
    }
}
