using System.Text.Json;
using PerfLab.EndToEnd.Tests.Loads;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.EndToEnd.Tests.Scenarios;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>PerfLab as a .NET tool, in the repository of somebody who has nothing else of it.</summary>
public sealed class InstalledToolTests(InstalledTool tool) : IClassFixture<InstalledTool>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_verbs_are_there_and_those_that_need_the_repository_say_so()
    {
        var help = await tool.RunAsync(_folder.FullPath, "--help");
        Assert.True(help.ExitCode == 0, help.ToString());
        Assert.Contains("perflab [command]", help.Output, StringComparison.Ordinal);

        foreach (var command in new[] { "bench load --quick", "micro", "calibrate --budget 1m", "noise", "predict --fit latest", "test --filter x" })
        {
            var refused = await tool.RunAsync(_folder.FullPath, command.Split(' '));

            Assert.True(refused.ExitCode == 104, $"{command}: {refused}");
            Assert.Contains($"./run.sh {command.Split(' ')[0]}", refused.Error, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public async Task Prices_and_the_cost_model_come_with_it_and_the_example_services_do_not()
    {
        Write("own.yaml", "[node, server.js, \"{port}\"]");
        Write("shop.yaml", "[dotnet, \"{targets}/Shop/Shop.dll\"]");

        var own = await tool.RunAsync(_folder.FullPath, "validate", "own.yaml");
        var shop = await tool.RunAsync(_folder.FullPath, "validate", "shop.yaml");
        var predicted = await tool.RunAsync(_folder.FullPath, "predict", "--rps", "300", "--spans", "6", "--attributes", "6");
        var unknown = await tool.RunAsync(_folder.FullPath, "report", "latest");

        Assert.True(own.ExitCode == 0, own.ToString());
        Assert.True(shop.ExitCode == 104, shop.ToString());
        Assert.Contains("{targets} stands for the example services of PerfLab's repository", shop.Error, StringComparison.Ordinal);
        Assert.True(predicted.ExitCode == 0, predicted.ToString());
        Assert.Contains("CPU time is that of the model's machine", predicted.Output, StringComparison.Ordinal);
        Assert.Contains("perflab scenario FILE", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_is_loaded()
    {
        await using var server = new AnsweringServer();

        var loaded = await tool.RunAsync(_folder.FullPath, "load", server.Url, "--rate", "50", "--duration", "1s");

        Assert.True(loaded.ExitCode == 0, loaded.ToString());
        Assert.True(server.Answered > 0);
    }

    [Fact(DisableParallelization = true)]
    public async Task A_service_is_measured_with_results_beside_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of these tests need Linux.");
        Write(Path.Combine("scenarios", "own.yaml"), "[node, ../server.js, \"{port}\"]");
        var results = Path.Combine(_folder.FullPath, "results");

        var run = await tool.RunAsync(_folder.FullPath, "scenario", "own");

        Assert.SkipWhen(BusyMachine.Stopped(run, results), "The machine was too busy to measure on.");
        Assert.True(run.ExitCode == 0, run.ToString());
        var folder = Assert.Single(Directory.GetDirectories(results));
        Assert.Contains($"perflab report {Path.GetFileName(folder)}", await File.ReadAllTextAsync(Path.Combine(folder, "report.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // Only the probe for Node.js, which comes with the tool, sees garbage collections.
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "summary.json"), TestContext.Current.CancellationToken));
        Assert.All(summary.RootElement.GetProperty("arms").EnumerateArray(), arm => Assert.Equal(
            JsonValueKind.Number,
            arm.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("metric").GetString() == "gc_pause").GetProperty("value").ValueKind));
        var again = await tool.RunAsync(_folder.FullPath, "report", "latest", "--text");
        Assert.True(again.ExitCode == 0, again.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string file, string command)
    {
        _folder.Write("server.js", "require('http').createServer((request, response) => response.end('ok')).listen(Number(process.argv[2]), '127.0.0.1');");
        _folder.Write(file, $$"""
            scenario: {{Path.GetFileNameWithoutExtension(file)}}
            question: What does it cost?
            target:
              command: {{command}}
              ready: { path: / }
              requests:
                - { name: page, path: / }
            load: { rate: 100/s }
            design: { launch_sets: 6, rounds: 3, slice: 100ms, warm_up: 250ms, warm_up_limit: 250ms, budget: 3m }
            traffic: { requests_per_second: 300/s }
            pricing: [aws-x-ray]
            baseline: a
            variants:
              - { name: a, meaning: First., env: { OTEL_SDK_DISABLED: "true" } }
            """);
    }
}
