using PerfLab.Analysis.Tests;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public class TrustWordingTests
{
    [Fact]
    public void A_trusted_run_shows_how_well_the_control_agrees_and_has_nothing_to_add()
    {
        var trust = Run(6, arm => arm);

        Assert.StartsWith("The baseline measured twice agrees with itself (CPU per request 0 % (0 to 0), the same within ±5 %; ", TrustWording.Sentence(trust), StringComparison.Ordinal);
        Assert.StartsWith("Trusted: the baseline measured twice agrees with itself (CPU per request 0 % (0 to 0), the same within ±5 %; ", TrustWording.Headline(trust), StringComparison.Ordinal);
        Assert.Empty(TrustWording.Reasons(trust));
    }

    [Fact]
    public void An_untrusted_run_says_so_in_capitals_and_shows_by_how_much_the_control_differs()
    {
        var headline = TrustWording.Headline(Run(6, arm => arm.Arm == "off'" ? LabRun.Arm("off'", 0.00044) : arm));

        Assert.StartsWith("UNTRUSTED: the baseline measured twice differs from itself", headline, StringComparison.Ordinal);
        Assert.Contains("CPU per request +10.0 % (10.0 to 10.0), beyond ±5 %", headline, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_that_spreads_too_far_is_shown_once()
    {
        var trust = Run(6, (i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", 0.0004 * (0.94 + (0.02 * i))) : arm);

        Assert.StartsWith("Limited: equal arms are shown to come out the same in bytes allocated; for CPU per request that is not shown (", TrustWording.Headline(trust), StringComparison.Ordinal);
        Assert.Contains("not shown to lie within ±5 %", TrustWording.Headline(trust), StringComparison.Ordinal);
        Assert.DoesNotContain(TrustWording.Reasons(trust), reason => reason.Contains("off'", StringComparison.Ordinal) && reason.Contains("±5 %", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, "Undecided: 1 launch set is too few, 6 are needed for a 95 % interval.")]
    [InlineData(5, "Undecided: 5 launch sets are too few, 6 are needed for a 95 % interval.")]
    public void Too_few_launch_sets_are_counted_and_the_control_is_shown_among_the_reasons(int count, string headline)
    {
        var trust = LabRun.Analyze(LabRun.Plan(8, "on"), Launches(count, (_, arm) => arm)).Trust;

        Assert.Equal(headline, TrustWording.Headline(trust));
        var reasons = TrustWording.Reasons(trust);
        Assert.Equal($"{count} of 8 planned launch sets count; a 95 % interval needs 6.", reasons[0]);
        Assert.Equal(2, reasons.Count(reason => reason.StartsWith("off' against off: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Fewer_launch_sets_than_planned_are_said() =>
        Assert.Contains("6 of 8 planned launch sets count: intervals are wider than planned.", TrustWording.Reasons(LabRun.Analyze(LabRun.Plan(8, "on"), Launches(6, (_, arm) => arm)).Trust));

    [Fact]
    public void A_run_without_a_control_says_what_is_missing()
    {
        var plan = LabRun.Plan(6, "on");
        var trust = LabRun.Analyze(plan with { Arms = [.. plan.Arms.Where(arm => arm.Role != ArmRole.Control)] }, Launches(6, (_, arm) => arm)).Trust;

        Assert.Equal("Undecided: the run has no control arm.", TrustWording.Headline(trust));
        Assert.Equal(["The plan has no control arm, so nothing shows how well two equal arms agree."], TrustWording.Reasons(trust));
    }

    [Fact]
    public void A_metric_that_the_runtime_does_not_have_is_named_as_harmless()
    {
        var trust = Run(6, arm => arm with { ClosingReading = arm.ClosingReading with { AllocatedBytes = null } });

        Assert.DoesNotContain("allocated", TrustWording.Headline(trust), StringComparison.Ordinal);
        Assert.Equal(["Allocated per request is not available for the runtime of the baseline and lowers nothing."], TrustWording.Reasons(trust));
    }

    private static RunTrust Run(int launchSets, Func<ArmRecord, ArmRecord> change) => Run(launchSets, (_, arm) => change(arm));

    private static RunTrust Run(int launchSets, Func<int, ArmRecord, ArmRecord> change) =>
        LabRun.Analyze(LabRun.Plan(launchSets, "on"), Launches(launchSets, change)).Trust;

    private static LaunchRecord[] Launches(int count, Func<int, ArmRecord, ArmRecord> change) =>
        [.. Enumerable.Range(1, count).Select(i => LabRun.Launch(i, [.. new[] { "off", "off'", "on" }.Select(arm => change(i, LabRun.Arm(arm)))]))];
}
