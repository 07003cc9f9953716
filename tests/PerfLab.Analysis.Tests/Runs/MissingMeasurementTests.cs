using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Runs;

public class MissingMeasurementTests
{
    [Fact]
    public void One_launch_set_without_a_reading_takes_the_verdict_away()
    {
        var analysis = LabRun.Analyze(LabRun.Plan(7, "on"), Launches(7, (i, arm) => i == 3 && arm.Arm == "on" ? WithoutCpu(arm) : arm));
        var cpu = analysis.Metric("on", MetricId.Cpu);

        Assert.Equal(Verdict.Invalid, cpu.Verdict);
        Assert.Null(cpu.Ratio);
        Assert.Null(cpu.Difference);
        Assert.Null(cpu.Samples[2]);
        Assert.Equal(6, cpu.Samples.Count(sample => sample is not null));
        Assert.Equal(new MissingMeasurement(MissingReason.NoReading, 7, 1), cpu.Missing);
        Assert.Equal(Verdict.Same, analysis.Metric("on", MetricId.Allocation).Verdict);
        Assert.Contains(analysis.Findings, finding => finding.Code == "not-measured" && finding.Details is MetricMissing { Metric: MetricId.Cpu, Arms: ["on"] });
    }

    [Fact]
    public void A_baseline_without_a_reading_takes_all_verdicts_away()
    {
        var analysis = LabRun.Analyze(LabRun.Plan(6, "on"), Launches(6, (_, arm) => arm.Arm == "off" ? WithoutCpu(arm) : arm));

        Assert.Equal(Verdict.Invalid, analysis.Metric("on", MetricId.Cpu).Verdict);
        Assert.Equal(new MissingMeasurement(MissingReason.NoReading, 6, 6, IsOfBaseline: true), analysis.Metric("on", MetricId.Cpu).Missing);
        Assert.Null(analysis.Metric("off", MetricId.Cpu).Value);
        Assert.Equal(TrustLevel.Undecided, analysis.Trust.Level);
    }

    [Fact]
    public void An_arm_that_a_launch_set_lacks_is_missing()
    {
        var launches = Launches(6, (_, arm) => arm);
        launches[0] = launches[0] with { Arms = [.. launches[0].Arms.Where(arm => arm.Arm != "on")] };

        Assert.Equal(new MissingMeasurement(MissingReason.ArmNotMeasured, 6, 1), LabRun.Analyze(LabRun.Plan(6, "on"), launches).Metric("on", MetricId.Cpu).Missing);
    }

    [Fact]
    public void A_zero_has_a_difference_and_no_ratio()
    {
        // No collection happened in the arm of launch 1: pauses 0 against 10 us; the others 20 us more than the baseline's 10.
        var analysis = LabRun.Analyze(
            LabRun.Plan(6, "on"),
            Launches(6, (i, arm) => arm.Arm == "on" ? LabRun.Arm("on", pauseSeconds: i == 1 ? 0 : 0.00003) : arm));
        var pause = analysis.Metric("on", MetricId.GcPause);

        Assert.Equal(Verdict.Invalid, pause.Verdict);
        Assert.Null(pause.Ratio);
        Assert.Equal(0.00002, pause.Difference!.Estimate, 10);
        Assert.Equal(new MissingMeasurement(MissingReason.ZeroHasNoRatio, 6), pause.Missing);
    }

    [Fact]
    public void Five_launch_sets_judge_nothing()
    {
        var analysis = LabRun.Analyze(LabRun.Plan(5, "on"), Launches(5, (_, arm) => arm.Arm == "on" ? LabRun.Arm("on", 0.0008) : arm));

        Assert.Equal(Verdict.Invalid, analysis.Metric("on", MetricId.Cpu).Verdict);
        Assert.Equal(new MissingMeasurement(MissingReason.TooFewLaunchSets, 5), analysis.Metric("on", MetricId.Cpu).Missing);
        Assert.Equal(TrustLevel.Undecided, analysis.Trust.Level);
        Assert.Equal(0.0008, analysis.Metric("on", MetricId.Cpu).Value!.Value, 10);
    }

    [Fact]
    public void Before_there_is_an_interval_the_change_is_an_estimate_and_from_then_on_it_has_one()
    {
        // Logarithms of on over off: 0, ln 2 and ln 8; their Walsh averages are 0, ln 2 / 2, ln 2, ln 8 / 2, 2 ln 2 and ln 8, whose
        // median is 1.25 ln 2: off becomes 2 to the power of 1.25.
        var three = LabRun.Analyze(LabRun.Plan(9, "on"), Launches(3, (i, arm) => arm.Arm == "on" ? LabRun.Arm("on", 0.0004 * new[] { 1, 2, 8 }[i - 1]) : LabRun.Arm(arm.Arm, 0.0004)));
        var six = LabRun.Analyze(LabRun.Plan(9, "on"), Launches(6, (_, arm) => arm));

        Assert.Null(three.Metric("on", MetricId.Cpu).Ratio);
        Assert.Equal(Math.Pow(2, 1.25) - 1, three.Metric("on", MetricId.Cpu).EarlyRatio!.Value, 6);
        Assert.Null(three.Metric("off", MetricId.Cpu).EarlyRatio);
        Assert.NotNull(six.Metric("on", MetricId.Cpu).Ratio);
        Assert.Null(six.Metric("on", MetricId.Cpu).EarlyRatio);
    }

    [Fact]
    public void Nothing_at_all_is_still_an_analysis()
    {
        var analysis = RunAnalyzer.Analyze(LabRun.Manifest, LabRun.Plan(6, "on"), [], [], null);

        Assert.Equal(0, analysis.LaunchSets);
        Assert.False(analysis.Completed);
        Assert.Equal(TrustLevel.Undecided, analysis.Trust.Level);
        Assert.All(analysis.Arms.SelectMany(arm => arm.Metrics), metric => Assert.False(metric.Verdict is Verdict.Same or Verdict.Faster));
        Assert.Contains(analysis.Findings, finding => finding.Code == "run-interrupted");
    }

    private static ArmRecord WithoutCpu(ArmRecord arm) => arm with
    {
        ClosingReading = arm.ClosingReading with { CpuSeconds = null },
    };

    private static LaunchRecord[] Launches(int count, Func<int, ArmRecord, ArmRecord> change) =>
    [
        .. Enumerable.Range(1, count).Select(i => LabRun.Launch(i, [.. new[] { "off", "off'", "on" }.Select(arm => change(i, LabRun.Arm(arm)))])),
    ];
}
