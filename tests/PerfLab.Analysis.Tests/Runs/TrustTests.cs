using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Runs;

public class TrustTests
{
    [Fact]
    public void A_control_that_agrees_makes_the_run_trusted()
    {
        var trust = Run(6, (_, arm) => arm).Trust;

        Assert.Equal(TrustLevel.Trusted, trust.Level);
        Assert.StartsWith("Trusted: the baseline measured twice agrees with itself (CPU per request 0 % (0 to 0), the same within +-5 %", trust.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_judged_slower_makes_the_run_untrusted()
    {
        // The same configuration at +10 % in all six launch sets.
        var trust = Run(6, (i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", 0.00044 + (i * 1e-7)) : arm).Trust;

        Assert.Equal(TrustLevel.Untrusted, trust.Level);
        Assert.StartsWith("UNTRUSTED: the baseline measured twice differs from itself", trust.Headline, StringComparison.Ordinal);
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
        Assert.Contains("not shown to lie within +-5 %", trust.Headline, StringComparison.Ordinal);
        Assert.DoesNotContain(trust.Reasons, reason => reason.Contains("off'", StringComparison.Ordinal) && reason.Contains("+-5 %", StringComparison.Ordinal));
    }

    [Fact]
    public void A_secondary_metric_of_the_control_lowers_nothing()
    {
        var trust = Run(6, (_, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", p50Seconds: 0.002) : arm).Trust;

        Assert.Equal(TrustLevel.Trusted, trust.Level);
    }

    [Fact]
    public void Lost_spans_make_the_run_untrusted_even_when_there_are_too_few_launch_sets()
    {
        var trust = Run(3, (i, arm) => arm.Arm == "on" && i == 2 ? arm with { Spans = LabRun.Ledger(4_000, 3_988) } : arm).Trust;

        Assert.Equal(TrustLevel.Untrusted, trust.Level);
        Assert.Equal("on sampled 4,000 spans and 3,988 arrived, in launch sets 2: an arm that loses spans is broken, not cheap.", trust.Reasons[0]);
    }

    [Fact]
    public void A_ledger_that_was_not_measured_is_said_to_be_so()
    {
        var trust = Run(6, (_, arm) => arm.Arm == "off" ? arm with { Spans = LabRun.Ledger(null, 0) } : arm).Trust;

        Assert.Equal(TrustLevel.Trusted, trust.Level);
        Assert.Contains(trust.Reasons, reason => reason.StartsWith("Span ledger of off: not measured", StringComparison.Ordinal));
        Assert.Contains("Every sampled span of off', on arrived.", trust.Reasons);
    }

    [Theory]
    [InlineData("true", 0, true)]
    [InlineData("TRUE", 0, true)]
    [InlineData("false", 0, false)]
    [InlineData("true", 11, false)]
    public void An_arm_without_an_SDK_has_nothing_to_lose_unless_something_arrives(string disabled, long received, bool isBalanced)
    {
        var plan = LabRun.Plan(6, "on");
        var analysis = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "off" ? arm with { Environment = new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = disabled } } : arm)] },
            Launches(6, (_, arm) => arm.Arm == "off" ? arm with { Spans = LabRun.Ledger(null, received) with { ExportRequestCount = received } } : arm));

        Assert.Equal(isBalanced, analysis.Trust.Reasons.Contains("Every sampled span of off, off', on arrived."));
        Assert.Equal(isBalanced ? 0 : null, analysis.Arm("off").Spans.SampledCount);
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("console,in-memory", true)]
    [InlineData("console,otlp", false)]
    [InlineData("", false)]
    public void An_arm_told_to_export_elsewhere_loses_nothing(string exporters, bool isElsewhere)
    {
        var plan = LabRun.Plan(6, "on");
        var analysis = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "on" ? arm with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_EXPORTER"] = exporters } } : arm)] },
            Launches(6, (_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(100, 0) } : arm));

        Assert.Equal(isElsewhere, analysis.Trust.Reasons.Contains("Span ledger of on: not judged (told to export elsewhere or nowhere)."));
        Assert.Equal(!isElsewhere, analysis.Trust.Reasons.Any(reason => reason.Contains("an arm that loses spans", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_arm_whose_back_end_is_in_trouble_on_purpose_may_lose_spans()
    {
        var plan = LabRun.Plan(6, "on");
        var trust = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "on" ? arm with { BackEnd = new BackEndFaultDefinition(BackEndFaultKind.Down, null, null, 1) } : arm)] },
            Launches(6, (_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(4_000, 12) } : arm)).Trust;

        Assert.Equal(TrustLevel.Trusted, trust.Level);
        Assert.Equal(
            ["Every sampled span of off, off' arrived.", "Span ledger of on: shown and not judged (the back end was in trouble on purpose)."],
            trust.Reasons);
    }

    [Fact]
    public void Where_all_is_well_only_the_ledger_is_told()
    {
        Assert.Equal(["Every sampled span of off, off', on arrived."], Run(6, (_, arm) => arm).Trust.Reasons);
    }

    [Fact]
    public void Where_no_ledger_was_measured_nothing_is_said_to_have_arrived()
    {
        var trust = Run(6, (_, arm) => arm with { Spans = LabRun.Ledger(null, 0) }).Trust;

        Assert.Equal(
            ["Span ledger of off, off', on: not measured (the target did not say what it sampled), so lost spans would go unseen there."],
            trust.Reasons);
    }

    [Fact]
    public void Every_arm_that_loses_spans_is_named_with_its_launch_sets_before_what_the_control_says()
    {
        var trust = Run(6, (i, arm) => (arm.Arm, i) switch
        {
            ("off", 3) => arm with { Spans = LabRun.Ledger(100, 90) },
            ("on", 2 or 5) => arm with { Spans = LabRun.Ledger(1_000, 999) },
            _ => arm,
        }).Trust;

        Assert.Equal(TrustLevel.Untrusted, trust.Level);
        Assert.Equal("UNTRUSTED: spans are missing or surplus. off sampled 100 spans and 90 arrived, in launch sets 3: an arm that loses spans is broken, not cheap.", trust.Headline);
        Assert.Equal(
            [
                "off sampled 100 spans and 90 arrived, in launch sets 3: an arm that loses spans is broken, not cheap.",
                "on sampled 2,000 spans and 1,998 arrived, in launch sets 2, 5: an arm that loses spans is broken, not cheap.",
                "off' against off: CPU per request 0 % (0 to 0), the same within +-5 %.",
                "off' against off: bytes allocated 0 % (0 to 0), the same within +-1 %.",
                "Every sampled span of off' arrived.",
            ],
            trust.Reasons);
    }

    [Theory]
    [InlineData(1, "Undecided: 1 launch set is too few, 6 are needed for a 95 % interval.")]
    [InlineData(5, "Undecided: 5 launch sets are too few, 6 are needed for a 95 % interval.")]
    public void Fewer_than_six_launch_sets_decide_nothing(int count, string headline)
    {
        var trust = LabRun.Analyze(LabRun.Plan(8, "on"), Launches(count, (_, arm) => arm)).Trust;

        Assert.Equal(TrustLevel.Undecided, trust.Level);
        Assert.Equal(headline, trust.Headline);
        Assert.Equal($"{count} of 8 planned launch sets count; a 95 % interval needs 6.", trust.Reasons[0]);
        Assert.Equal(2, trust.Reasons.Count(reason => reason.StartsWith("off' against off: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_a_control_nothing_is_trusted()
    {
        var plan = LabRun.Plan(6, "on");
        var analysis = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Where(arm => arm.Role != ArmRole.Control)] },
            Launches(6, (_, arm) => arm));

        Assert.Equal(TrustLevel.Undecided, analysis.Trust.Level);
        Assert.Equal("Undecided: the run has no control arm.", analysis.Trust.Headline);
        Assert.Equal(
            ["The plan has no control arm, so nothing shows how well two equal arms agree.", "Every sampled span of off, on arrived."],
            analysis.Trust.Reasons);
    }

    [Fact]
    public void Fewer_launch_sets_than_planned_are_said()
    {
        var analysis = LabRun.Analyze(LabRun.Plan(8, "on"), Launches(6, (_, arm) => arm));

        Assert.Contains("6 of 8 planned launch sets count: intervals are wider than planned.", analysis.Trust.Reasons);
    }

    private static RunAnalysis Run(int launchSets, Func<int, ArmRecord, ArmRecord> change) =>
        LabRun.Analyze(LabRun.Plan(launchSets, "on"), Launches(launchSets, change));

    private static LaunchRecord[] Launches(int count, Func<int, ArmRecord, ArmRecord> change) =>
    [
        .. Enumerable.Range(1, count).Select(i => LabRun.Launch(i, [.. new[] { "off", "off'", "on" }.Select(arm => change(i, LabRun.Arm(arm)))])),
    ];
}
