using System.Globalization;
using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>The real thing: the shipped smoke scenario with real processes, sockets, probe and collector.</summary>
public sealed class SmokeScenarioTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    [Fact(DisableParallelization = true)]
    public async Task The_smoke_scenario_runs_to_a_report_that_rebuilds_byte_for_byte()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh and the placement of processes need Linux.");
        using var folder = new TemporaryFolder();

        var run = await RunningProgram.RunAsync(folder.FullPath, Checkout.Script, ["scenario", "smoke", "--watch", "--results", folder.FullPath], s_limit);

        Assert.SkipWhen(BusyMachine.Stopped(run, folder.FullPath), "The machine was too busy to measure anything: not one launch set counts. Run the tests alone.");
        Assert.True(run.ExitCode == 0, run.ToString());
        var results = Assert.Single(Directory.GetDirectories(folder.FullPath));
        var made = Contents(results);
        Assert.Contains("report.html", made.Keys);
        Assert.Contains("report.md", made.Keys);
        using var summary = JsonDocument.Parse(made["summary.json"]);

        // Six are planned; on a machine that is busy with other things the budget of a minute may end the run before.
        var launchSets = summary.RootElement.GetProperty("launch_sets").GetInt32();
        Assert.InRange(launchSets, 1, 6);
        EachLaunchSetButTheLastShowedAProvisionalTable(run.Output, launchSets);
        SpansReceivedEqualSpansSampled(results);

        foreach (var file in made.Keys.Where(IsMadeFromRawFiles))
        {
            File.Delete(Path.Combine(results, file));
        }

        var rebuilt = await RunningProgram.RunAsync(folder.FullPath, Checkout.Script, ["report", results], s_limit, Cli.Quickly);

        Assert.True(rebuilt.ExitCode == 0, rebuilt.ToString());
        var again = Contents(results);
        Assert.Equal(made.Keys.Order(StringComparer.Ordinal), again.Keys.Order(StringComparer.Ordinal));
        Assert.All(made, file => Assert.True(file.Value.AsSpan().SequenceEqual(again[file.Key]), $"{file.Key} differs when it is made again."));
    }

    // After the sixth comes the final summary; a run that its budget ended before has not known which is its last.
    private static void EachLaunchSetButTheLastShowedAProvisionalTable(string output, int launchSets)
    {
        string[] parts = output.Split("Provisional, after ");
        Assert.Equal(Enumerable.Range(1, Math.Min(launchSets, 5)), parts.Skip(1).Select(part => int.Parse(part.Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.All(parts.Skip(1), part =>
        {
            Assert.Contains(" of 6 launch sets: only the end of the run decides.", part, StringComparison.Ordinal);
            Assert.Matches(@"always-on +[0-9.,]+ +[+-]?[0-9.]+ %", part);
            Assert.Contains("No 95 % interval exists below 6 launch sets", part, StringComparison.Ordinal);
        });
        Assert.DoesNotContain('\u001b', output);
    }

    private static bool IsMadeFromRawFiles(string file) =>
        file.StartsWith("charts", StringComparison.Ordinal) || file is "report.html" or "report.md" or "summary.json";

    private static Dictionary<string, byte[]> Contents(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes, StringComparer.Ordinal);

    private static void SpansReceivedEqualSpansSampled(string results)
    {
        foreach (var launch in Directory.GetFiles(Path.Combine(results, "launches"), "launch.json", SearchOption.AllDirectories))
        {
            using var record = JsonDocument.Parse(File.ReadAllBytes(launch));
            var arm = record.RootElement.GetProperty("arms").EnumerateArray().Single(arm => arm.GetProperty("arm").GetString() == "always-on");
            var spans = arm.GetProperty("spans");
            Assert.Equal(spans.GetProperty("sampled_count").GetInt64(), spans.GetProperty("received_count").GetInt64());

            // An order makes 11 spans: 4 servers, 3 clients, 4 by hand.
            Assert.Equal(11 * spans.GetProperty("request_count").GetInt64(), spans.GetProperty("received_count").GetInt64());
        }
    }
}
