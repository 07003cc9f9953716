using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Runs;

public class TrustTests
{
    [Fact]
    public void A_control_that_agrees_makes_the_run_trusted()
    {
        var trust = Run(6, (_, arm) => arm).Trust;

        Assert.Equal(TrustLevel.Trusted, trust.Level);
        Assert.Equal([(MetricId.Cpu, Verdict.Same), (MetricId.Allocation, Verdict.Same)], trust.Checks.Select(check => (check.Metric, check.Verdict!.Value)));
        Assert.Equal((0, 0), (trust.Checks[0].Ratio!.Low, trust.Checks[0].Ratio!.High));
    }

    [Fact]
    public void A_control_judged_slower_makes_the_run_untrusted()
    {
        // The same configuration at +10 % in all six launch sets.
        var trust = Run(6, (i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", 0.00044 + (i * 1e-7)) : arm).Trust;

        Assert.Equal(TrustLevel.Untrusted, trust.Level);
        Assert.Equal(Verdict.Slower, trust.Checks[0].Verdict);
    }

    [Fact]
    public void A_control_judged_faster_makes_the_run_untrusted_too()
    {
        var trust = Run(6, (_, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", bytes: 9_000) : arm).Trust;

        Assert.Equal(TrustLevel.Untrusted, trust.Level);
    }

    [Fact]
    public void A_control_that_cannot_be_told_limits_the_run()
    {
        // 380 to 420 us around 400: the interval -5 to +5 % and a little more reaches across the limits.
        var trust = Run(6, (i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", 0.0004 * (0.94 + (0.02 * i))) : arm).Trust;

        Assert.Equal(TrustLevel.Limited, trust.Level);
        Assert.Equal(Verdict.Inconclusive, trust.Checks[0].Verdict);
    }

    [Fact]
    public void A_secondary_metric_of_the_control_lowers_nothing()
    {
        var trust = Run(6, (_, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", p50Seconds: 0.002) : arm).Trust;

        Assert.Equal(TrustLevel.Trusted, trust.Level);
    }

    [Fact]
    public void What_an_arm_does_wrong_lowers_no_trust()
    {
        var trust = Run(6, (i, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(4_000, i) } : arm).Trust;

        Assert.Equal(TrustLevel.Trusted, trust.Level);
        Assert.Equal((6, 6, 0), (trust.LaunchSets, trust.PlannedLaunchSets, trust.AbsentMetrics.Count));
    }

    [Fact]
    public void A_metric_that_no_arm_has_lowers_no_trust()
    {
        var analysis = Run(6, (_, arm) => WithoutAllocation(arm));

        Assert.Equal(TrustLevel.Trusted, analysis.Trust.Level);
        Assert.Equal([MetricId.Cpu], analysis.Trust.Checks.Select(check => check.Metric));
        Assert.Equal([MetricId.Allocation], analysis.Trust.AbsentMetrics);
        var finding = Assert.Single(analysis.Findings, finding => finding.Code == "not-available");
        Assert.Equal(MetricId.Allocation, Assert.IsType<MetricNotAvailable>(finding.Details).Metric);
        Assert.DoesNotContain(analysis.Findings, finding => finding.Code == "not-measured");
    }

    // The baseline is a native program or one in Python, and a variant is .NET.
    [Fact]
    public void A_metric_that_baseline_and_control_do_not_have_decides_neither_trust_nor_other_metrics()
    {
        var analysis = Run(6, (i, arm) => arm.Arm == "on" ? LabRun.Arm("on", 0.00048 + (i * 1e-7)) : WithoutAllocation(arm));

        Assert.Equal(TrustLevel.Trusted, analysis.Trust.Level);
        Assert.Equal([MetricId.Allocation], analysis.Trust.AbsentMetrics);
        Assert.Equal((Verdict.Slower, Verdict.Invalid), (analysis.Metric("on", MetricId.Cpu).Verdict, analysis.Metric("on", MetricId.Allocation).Verdict));
        Assert.DoesNotContain(analysis.Findings, finding => finding.Severity >= FindingSeverity.Warning);
    }

    [Fact]
    public void A_metric_that_only_a_variant_lacks_lowers_no_trust_and_is_named()
    {
        var analysis = Run(6, (_, arm) => arm.Arm == "on" ? WithoutAllocation(arm) : arm);

        Assert.Equal((TrustLevel.Trusted, 0), (analysis.Trust.Level, analysis.Trust.AbsentMetrics.Count));
        Assert.Single(analysis.Findings, finding => finding.Code == "not-measured");
    }

    [Fact]
    public void A_metric_that_only_the_control_lacks_leaves_the_run_undecided() =>
        Assert.Equal(TrustLevel.Undecided, Run(6, (_, arm) => arm.Arm == "off'" ? WithoutAllocation(arm) : arm).Trust.Level);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Fewer_than_six_launch_sets_decide_nothing(int count)
    {
        var trust = LabRun.Analyze(LabRun.Plan(8, "on"), Launches(count, (_, arm) => arm)).Trust;

        Assert.Equal(TrustLevel.Undecided, trust.Level);
        Assert.Equal((count, 8, "off", "off'"), (trust.LaunchSets, trust.PlannedLaunchSets, trust.Baseline, trust.Control));
        Assert.Equal(2, trust.Checks.Count);
    }

    [Fact]
    public void Without_a_control_nothing_is_trusted()
    {
        var plan = LabRun.Plan(6, "on");
        var analysis = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Where(arm => arm.Role != ArmRole.Control)] },
            Launches(6, (_, arm) => arm));

        Assert.Equal(TrustLevel.Undecided, analysis.Trust.Level);
        Assert.Null(analysis.Trust.Control);
        Assert.Empty(analysis.Trust.Checks);
    }

    [Fact]
    public void Fewer_launch_sets_than_planned_are_said()
    {
        var trust = LabRun.Analyze(LabRun.Plan(8, "on"), Launches(6, (_, arm) => arm)).Trust;

        Assert.Equal((TrustLevel.Trusted, 6, 8), (trust.Level, trust.LaunchSets, trust.PlannedLaunchSets));
    }

    private static ArmRecord WithoutAllocation(ArmRecord arm) => arm with { ClosingReading = arm.ClosingReading with { AllocatedBytes = null } };

    private static RunAnalysis Run(int launchSets, Func<int, ArmRecord, ArmRecord> change) =>
        LabRun.Analyze(LabRun.Plan(launchSets, "on"), Launches(launchSets, change));

    private static LaunchRecord[] Launches(int count, Func<int, ArmRecord, ArmRecord> change) =>
    [
        .. Enumerable.Range(1, count).Select(i => LabRun.Launch(i, [.. new[] { "off", "off'", "on" }.Select(arm => change(i, LabRun.Arm(arm)))])),
    ];
}
