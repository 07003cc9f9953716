using PerfLab.Analysis.Tests;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Bench.Tests;

public sealed class ReportBenchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("perflab-report-bench-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_is_widened_to_twelve_arms_and_twenty_launch_sets_that_its_checksums_vouch_for()
    {
        var source = new RunFolder(Path.Combine(_folder.FullName, "source"));
        Directory.CreateDirectory(source.Path);
        var plan = LabRun.Plan(6, "ratio-10", "always-on");
        RunFolder.Write(source.PlanFile, plan);
        RunFolder.Write(source.ManifestFile, LabRun.Manifest);
        for (var number = 1; number <= 6; number++)
        {
            source.CompleteLaunch(LabRun.Launch(number, [.. plan.Arms.Select(arm => LabRun.Arm(arm.Name, cpuSeconds: 0.0004 * number))]));
        }

        var wide = ReportBench.Widen(source, _folder.FullName, TimeProvider.System);

        var (arms, launches) = (wide.ReadPlan().Arms, wide.ReadLaunches());
        Assert.True(RunChecksums.Check(wide));
        Assert.Equal(ReportBench.Arms, arms.Select(arm => arm.FileStem).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([1, 1, 10], new[] { ArmRole.Baseline, ArmRole.Control, ArmRole.Variant }.Select(role => arms.Count(arm => arm.Role == role)));
        Assert.Equal(Enumerable.Range(1, ReportBench.LaunchSets), launches.Select(launch => launch.Number));
        Assert.All(launches, launch => Assert.Equal(arms.Select(arm => arm.Name), launch.Arms.Select(arm => arm.Arm)));
    }

    [Theory]
    [InlineData(2.9, 999_999, BenchOutcome.Met, BenchOutcome.Met)]
    [InlineData(3.1, 1_000_000, BenchOutcome.Missed, BenchOutcome.Missed)]
    public void A_report_takes_less_than_three_seconds_in_the_median_and_has_less_than_a_megabyte(double seconds, long bytes, BenchOutcome time, BenchOutcome size)
    {
        var goals = ReportBenchGoals.Judge(new ReportBenchRecord
        {
            FormatVersion = ReportBenchRecord.CurrentFormatVersion,
            Started = DateTimeOffset.UnixEpoch,
            Machine = new MachineFingerprint("Linux", null, null, 2, 1, "X64", ".NET", null),
            Run = new ReportedRun(ReportBench.Arms, ReportBench.LaunchSets, 20_000_000),
            Seconds = [1, seconds, 9],
            HtmlBytes = bytes,
            Goals = [],
        });

        Assert.Equal([time, size], goals.Select(goal => goal.Outcome));
        Assert.Equal(seconds, goals[0].Value);
    }
}
