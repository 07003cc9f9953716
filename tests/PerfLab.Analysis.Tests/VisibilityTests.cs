using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

public sealed class VisibilityTests
{
    [Fact]
    public void A_share_is_that_of_all_launch_sets_with_an_interval_over_them()
    {
        var seen = Analyze(6, set => LabRun.Kept(failedKept: 8 + set, failed: 100)).Visibility!.Arms[2];

        // 9 + 10 + 11 + 12 + 13 + 14 of 600. With six values the exact interval runs from the least to the greatest.
        Assert.Equal((69L, 600L), (seen.FailedKept.Count, seen.FailedKept.Of));
        Assert.Equal(0.115, seen.FailedKept.Value!.Value, precision: 12);
        Assert.Equal((0.09, 0.14), (Math.Round(seen.FailedKept.Interval!.Low, 9), Math.Round(seen.FailedKept.Interval.High, 9)));
    }

    [Fact]
    public void A_share_of_nothing_is_not_measured() =>
        Assert.Null(Analyze(6, _ => LabRun.Kept(failedKept: 0, failed: 0)).Visibility!.Arms[2].FailedKept.Value);

    [Fact]
    public void Below_six_launch_sets_there_is_no_interval()
    {
        var seen = Analyze(5, _ => LabRun.Kept(failedKept: 10, failed: 100)).Visibility!.Arms[2];

        Assert.Equal(0.1, seen.FailedKept.Value);
        Assert.Null(seen.FailedKept.Interval);
    }

    [Fact]
    public void Alerts_are_counted_over_launch_sets()
    {
        AlertRecord[] alerts = [new(1.5, false, 0), new(null, false, 2), new(2.5, false, 1), new(null, true, 1), new(3.5, true, 0), new(1.7, false, 0)];
        var alert = Analyze(6, set => LabRun.Kept(1, 1) with { ErrorAlert = alerts[set - 1] }).Visibility!.Arms[2].ErrorAlert;

        Assert.Equal((4, 1, 6, 4), (alert.FiredCount, alert.WasFiringCount, alert.Bursts, alert.FalseCount));
        Assert.Equal(2.1, alert.Delay.Seconds!.Value, precision: 12);
        Assert.Null(alert.Delay.Interval);
    }

    [Fact]
    public void A_scenario_that_does_not_ask_has_no_answer()
    {
        Assert.Null(LabRun.Analyze(LabRun.Plan(6, "head"), [.. Launches(6, _ => LabRun.Kept(1, 1))]).Visibility);
        Assert.Null(LabRun.Analyze(LabRun.Plan(6, "head") with { Visibility = LabRun.Retention }, LabRun.Launch(1, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("head"))).Visibility);
    }

    private static RunAnalysis Analyze(int launchSets, Func<int, TraceRetentionRecord> record) =>
        LabRun.Analyze(LabRun.Plan(launchSets, "head") with { Visibility = LabRun.Retention }, [.. Launches(launchSets, record)]);

    private static IEnumerable<LaunchRecord> Launches(int count, Func<int, TraceRetentionRecord> record) => Enumerable.Range(1, count).Select(set => LabRun.Launch(
        set,
        LabRun.Arm("off") with { Visibility = LabRun.Kept(0, 100) },
        LabRun.Arm("off'") with { Visibility = LabRun.Kept(0, 100) },
        LabRun.Arm("head", cpuSeconds: 0.00044) with { Visibility = record(set) }));
}
