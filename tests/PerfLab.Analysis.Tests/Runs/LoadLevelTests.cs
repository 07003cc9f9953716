using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Runs;

/// <summary>A run at three loads: 1,000/s first, then a quarter and three quarters of a capacity of 2,000/s.</summary>
public sealed class LoadLevelTests
{
    private const double QuietCpu = 0.0006;
    private const double BusyCpu = 0.0003;

    private static readonly Plan s_plan = LabRun.Plan(6, "on") with
    {
        Levels = [new LoadLevel(0.25, 500, 10), new LoadLevel(0.75, 1500, 10)],
        Placement = new Placement([1], [0]),
    };

    [Fact]
    public void Each_load_is_compared_with_the_baseline_at_the_same_load()
    {
        var levels = Analyze(Launches()).Levels;

        Assert.Equal([500, 1000, 1500], levels.Select(level => level.Load.RatePerSecond));
        Assert.Equal([false, true, false], levels.Select(level => level.Load.IsFirst));
        Assert.All(levels, level => Assert.Equal(6, level.Load.LaunchSets));

        // In each launch set the variant takes a tenth, a twentieth and a fifth more; what the numbers scatter by is common to all arms.
        Assert.Equal([0.10, 0.05, 0.20], levels.Select(level => Math.Round(Of(level, "on", MetricId.Cpu).Ratio!.Estimate, 6)));
        Assert.Equal([1.0, 2.0, 4.0], levels.Select(level => Math.Round(Of(level, "off", MetricId.P50).Value!.Value * 1000, 6)));
        Assert.Equal([0.5, 0, 2.0], levels.Select(level => Math.Round(Of(level, "on", MetricId.P50).Difference!.Estimate * 1000, 6)));
    }

    // 600 us of CPU, 500 times a second, on one processor; the six launch sets scatter by 1 to 6 %, in the median by 3.5 %.
    [Fact]
    public void An_arm_is_as_busy_as_its_own_rate_makes_it() =>
        Assert.Equal(QuietCpu * 1.035 * 500, Analyze(Launches()).Levels[0].Arms[0].BusyShare!.Value, 9);

    [Fact]
    public void A_level_that_the_machine_spoiled_does_not_count_and_its_launch_set_does()
    {
        var launches = Launches();
        launches[2] = launches[2] with { Levels = [launches[2].Levels[0] with { Findings = [LabRun.Invalidity("Late.")] }, launches[2].Levels[1]] };

        var analysis = Analyze(launches);

        Assert.Equal(6, analysis.LaunchSets);
        Assert.Equal([(5, 1), (6, 0), (6, 0)], analysis.Levels.Select(level => (level.Load.LaunchSets, level.Load.VoidedLaunchSets)));
        Assert.Null(Of(analysis.Levels[0], "on", MetricId.Cpu).Ratio);
        Assert.NotNull(Of(analysis.Levels[2], "on", MetricId.Cpu).Ratio);
    }

    [Fact]
    public void What_spoils_a_level_is_told_as_a_warning_with_its_load()
    {
        var launches = Launches();
        launches[2] = launches[2] with { Levels = [launches[2].Levels[0] with { Findings = [LabRun.Invalidity("Late.")] }, launches[2].Levels[1]] };

        var finding = Analyze(launches).Findings.Single(finding => finding.Code == "rate-missed");

        Assert.Equal((FindingSeverity.Warning, "off, 500/s"), (finding.Severity, finding.Subject));
    }

    [Fact]
    public void Each_load_has_its_own_control()
    {
        // At the highest load alone the second baseline is 40 % slower than the first.
        var launches = Launches((arm, level) => arm == "off'" && level == 1 ? 1.4 : 1);

        var levels = Analyze(launches).Levels;

        Assert.False(Of(levels[0], "on", MetricId.Cpu).IsOverruledByControl);
        Assert.True(Of(levels[2], "on", MetricId.Cpu).IsOverruledByControl);
    }

    // The ten slices of an arm have 1,000 answers; the variant takes a quarter longer for them, so it answers a fifth less.
    [Fact]
    public void A_closed_loop_tells_throughput_and_response_times_beside_the_loads_and_is_none_of_them()
    {
        var loop = AnalyzeClosedLoop(InClosedLoop(Launches())).ClosedLoop!;

        Assert.Equal((200, 6, 0), (loop.Connections, loop.LaunchSets, loop.VoidedLaunchSets));
        var (off, on) = (loop.Arms.Single(arm => arm.Name == "off"), loop.Arms.Single(arm => arm.Name == "on"));
        Assert.Null(off.ThroughputRatio);
        Assert.Equal(-0.2, on.ThroughputRatio!.Estimate, 9);
        Assert.Equal(0.8 * off.ThroughputPerSecond!.Value, on.ThroughputPerSecond!.Value, 6);
        Assert.Equal(0.05, on.Metrics.Single(metric => metric.Metric == MetricId.P50).Difference!.Estimate, 9);
        Assert.Equal([500, 1000, 1500], AnalyzeClosedLoop(InClosedLoop(Launches())).Levels.Select(level => level.Load.RatePerSecond));
    }

    [Fact]
    public void A_closed_loop_that_the_machine_spoiled_is_told_as_a_warning_and_does_not_count()
    {
        var launches = InClosedLoop(Launches());
        launches[2] = launches[2] with { Levels = [launches[2].Levels[0], launches[2].Levels[1], launches[2].Levels[2] with { Findings = [LabRun.Invalidity("Late.")] }] };

        var analysis = AnalyzeClosedLoop(launches);

        Assert.Equal((5, 1), (analysis.ClosedLoop!.LaunchSets, analysis.ClosedLoop.VoidedLaunchSets));
        Assert.Null(analysis.ClosedLoop.Arms[2].ThroughputRatio);
        Assert.Equal("off, closed loop", analysis.Findings.Single(finding => finding.Code == "rate-missed").Subject);
    }

    [Fact]
    public void A_run_at_one_load_has_no_levels() => Assert.Empty(LabRun.OneVariant((_, arm) => arm).Levels);

    private static RunAnalysis Analyze(LaunchRecord[] launches) => LabRun.Analyze(s_plan, launches);

    private static RunAnalysis AnalyzeClosedLoop(LaunchRecord[] launches) => LabRun.Analyze(s_plan with { ClosedLoop = new ClosedLoopLevel(200, 1, 10) }, launches);

    private static LaunchRecord[] InClosedLoop(LaunchRecord[] launches) => [.. launches.Select(launch => launch with
    {
        Levels = [.. launch.Levels, new LevelRecord(null, [], launch.Lab, [])],
        Arms = [.. launch.Arms.Select(arm => arm with { Levels = [.. arm.Levels, Saturated(arm.Arm)] })],
    })];

    private static ArmLevelRecord Saturated(string name)
    {
        var arm = LabRun.Arm(name, p50Seconds: name == "on" ? 0.25 : 0.2);
        return Level(arm with { Slices = [.. arm.Slices.Select(slice => slice with { ElapsedSeconds = name == "on" ? 1.25 : 1 })] });
    }

    private static MetricComparison Of(LoadLevelAnalysis level, string arm, MetricId metric) =>
        level.Arms.Single(entry => entry.Name == arm).Metrics.Single(comparison => comparison.Metric == metric);

    private static LaunchRecord[] Launches(Func<string, int, double>? factor = null) =>
        [.. Enumerable.Range(1, 6).Select(number => Launch(1 + (0.01 * number), factor ?? ((_, _) => 1), number))];

    private static LaunchRecord Launch(double scatter, Func<string, int, double> factor, int number)
    {
        var launch = LabRun.Launch(number, [.. new[] { "off", "off'", "on" }.Select(name => AtAllLoads(name, scatter, factor))]);
        return launch with { Levels = [new LevelRecord(500, [], launch.Lab, []), new LevelRecord(1500, [], launch.Lab, [])] };
    }

    private static ArmRecord AtAllLoads(string name, double scatter, Func<string, int, double> factor)
    {
        var isOn = name == "on";
        var quiet = LabRun.Arm(name, QuietCpu * scatter * (isOn ? 1.10 : 1) * factor(name, 0), p50Seconds: isOn ? 0.0015 : 0.001);
        var busy = LabRun.Arm(name, BusyCpu * scatter * (isOn ? 1.20 : 1) * factor(name, 1), p50Seconds: isOn ? 0.006 : 0.004);
        return LabRun.Arm(name, 0.0004 * scatter * (isOn ? 1.05 : 1), p50Seconds: 0.002) with { Levels = [Level(quiet), Level(busy)] };
    }

    private static ArmLevelRecord Level(ArmRecord arm) => new(arm.Slices, arm.ClosingReading, arm.ResponseTime, arm.StartLateness);
}
