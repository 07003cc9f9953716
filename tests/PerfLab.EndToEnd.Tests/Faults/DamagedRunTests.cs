using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Faults;

/// <summary>The files of a run are changed, cut off, mixed up or lost: each time that is told, or the report is the same.</summary>
public sealed class DamagedRunTests
{
    private const string Smoke = "20261129T005103Z-smoke-ff22";

    // With a trace retention window, whose tables are read too.
    private const string Tail = "20261129T024718Z-tail-62c8";

    [Fact]
    public async Task Damage_to_a_run_with_checksums_is_told_by_the_name_of_the_file()
    {
        using var whole = Sealed();
        Assert.Equal(0, (await whole.ReportAsync()).ExitCode);
        var summary = await File.ReadAllTextAsync(new RunFolder(whole.Path).SummaryFile, TestContext.Current.CancellationToken);
        await FaultCampaign.TryAsync([.. Enumerable.Range(0, 100).Select(number => new RunDamage(number))], few: 8, async damage =>
        {
            using var run = Sealed();
            var done = damage.Do(run.Path);

            var report = await run.ReportAsync();

            AssertExplained(report, done, run);
            if (report.ExitCode is 0 or 99)
            {
                Assert.True(summary == await File.ReadAllTextAsync(new RunFolder(run.Path).SummaryFile), $"{done}: the report changed and nothing was told.");
            }
        });
    }

    [Fact]
    public Task Damage_to_a_run_without_checksums_never_ends_in_a_stack_trace() =>
        FaultCampaign.TryAsync([.. Enumerable.Range(1000, 100).Select(number => new RunDamage(number))], few: 8, async damage =>
        {
            using var run = new ReferenceRun(damage.Number / 16 % 3 == 0 ? Tail : Smoke);
            var done = damage.Do(run.Path);

            AssertExplained(await run.ReportAsync(), done, run);
        });

    private static ReferenceRun Sealed()
    {
        var run = new ReferenceRun(Smoke);
        var folder = new RunFolder(run.Path);
        folder.WriteOutcome(folder.ReadOutcome()!);
        return run;
    }

    private static void AssertExplained(ProgramResult report, string done, ReferenceRun run)
    {
        var isTold = report.ExitCode == 104 && report.Error.Contains(run.Name, StringComparison.Ordinal);
        Assert.True(isTold || report.ExitCode is 0 or 99, $"{done}: {report}");
        Assert.False(isTold && File.Exists(new RunFolder(run.Path).SummaryFile), $"{done}: a summary was written of what was refused.");
        Assert.DoesNotContain("   at ", report.Error, StringComparison.Ordinal);
    }
}
