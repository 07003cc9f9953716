using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>The real thing: the shipped smoke scenario with real processes, sockets, probe and collector.</summary>
public sealed class SmokeScenarioTests
{
    private const string Checksums = "SHA256SUMS";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    [Fact(DisableParallelization = true)]
    public async Task The_smoke_scenario_runs_to_a_report_that_rebuilds_byte_for_byte()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh and the placement of processes need Linux.");
        using var folder = new TemporaryFolder();

        var run = await RunningProgram.RunAsync(folder.FullPath, Checkout.Script, ["scenario", "smoke", "--results", folder.FullPath], s_limit);

        Assert.SkipWhen(BusyMachine.Stopped(run, folder.FullPath), "The machine was too busy to measure anything: not one launch set counts. Run the tests alone.");
        Assert.True(run.ExitCode == 0, run.ToString());
        var results = Assert.Single(Directory.GetDirectories(folder.FullPath));
        var made = Contents(results);
        Assert.Contains("report.html", made.Keys);
        Assert.Contains("report.md", made.Keys);
        using var summary = JsonDocument.Parse(made["summary.json"]);

        // Six are planned; on a machine that is busy with other things the budget of a minute may end the run before.
        Assert.InRange(summary.RootElement.GetProperty("launch_sets").GetInt32(), 1, 6);
        SpansReceivedEqualSpansSampled(results);

        foreach (var file in made.Keys.Where(IsMadeFromRawFiles))
        {
            File.Delete(Path.Combine(results, file));
        }

        var rebuilt = await RunningProgram.RunAsync(folder.FullPath, Checkout.Script, ["report", results], s_limit);

        Assert.True(rebuilt.ExitCode == 0, rebuilt.ToString());
        var again = Contents(results);
        Assert.Equal(made.Keys.Order(StringComparer.Ordinal), again.Keys.Order(StringComparer.Ordinal));
        Assert.All(made, file => Assert.True(file.Value.AsSpan().SequenceEqual(again[file.Key]), $"{file.Key} differs when it is made again."));

        await RunsOfDifferentMachinesAreComparedByChangesOnlyAsync(folder, results);
        await ThresholdsDecideHowTheReportEndsAsync(folder.FullPath, results);
    }

    private static async Task RunsOfDifferentMachinesAreComparedByChangesOnlyAsync(TemporaryFolder folder, string results)
    {
        if (new RunFolder(results).ReadLaunches().Count < 6)
        {
            return; // Without an interval there is nothing to compare; the budget ended the run before.
        }

        var same = await CompareAsync("alike", machine => machine);
        var other = await CompareAsync("elsewhere", machine => machine with { ProcessorModel = "another" });

        Assert.True(same.ExitCode == 0, same.ToString());
        Assert.Contains("Absolute numbers", same.Output, StringComparison.Ordinal);
        Assert.True(other.ExitCode == 0, other.ToString());
        Assert.Contains("different machines", other.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("Absolute numbers", other.Output, StringComparison.Ordinal);

        async Task<ProgramResult> CompareAsync(string name, Func<MachineFingerprint, MachineFingerprint> change)
        {
            var copy = Path.Combine(folder.FullPath, name);
            foreach (var file in Contents(results).Where(file => file.Key != Checksums))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file.Key))!);
                await File.WriteAllBytesAsync(Path.Combine(copy, file.Key), file.Value);
            }

            var run = new RunFolder(copy);
            var manifest = run.ReadManifest();
            RunFolder.Write(run.ManifestFile, manifest with { RunId = name, Machine = change(manifest.Machine) });
            return await RunningProgram.RunAsync(folder.FullPath, Checkout.Script, ["compare", results, copy], s_limit);
        }
    }

    // Nothing is lost, which is counted and no estimate; and of an arm that does not exist nothing can be decided. So the
    // outcomes do not depend on what the machine had to do meanwhile.
    private static async Task ThresholdsDecideHowTheReportEndsAsync(string folder, string results)
    {
        var run = new RunFolder(results);
        var plan = run.ReadPlan();
        File.Delete(Path.Combine(results, Checksums)); // The plan is changed on purpose.
        foreach (var (threshold, options, exitCode) in new (string, string[], int)[]
        {
            ("spans_lost==0", ["--fail-on-inconclusive"], 0),
            ("spans_lost>0", [], 99),
            ("p(99)<200 for nobody", [], 0),
            ("p(99)<200 for nobody", ["--fail-on-inconclusive"], 99),
            ("p(99)<200 fornobody", [], 104),
        })
        {
            RunFolder.Write(run.PlanFile, plan with { Thresholds = [threshold] });

            var judged = await RunningProgram.RunAsync(folder, Checkout.Script, ["report", results, .. options], s_limit);

            Assert.True(judged.ExitCode == exitCode, $"{threshold}: {judged}");
            Assert.Contains(exitCode == 104 ? "'p(99)<200 fornobody', column 11" : "Thresholds", judged.Output + judged.Error, StringComparison.Ordinal);
        }
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
