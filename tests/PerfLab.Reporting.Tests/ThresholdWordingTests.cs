using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Tests;
using PerfLab.Analysis.Tests.Thresholds;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public class ThresholdWordingTests
{
    [Theory]
    [InlineData("overhead(cpu)<5%", "overhead(cpu)<5% is violated by high; holds for low.")]
    [InlineData("overhead(cpu)<5% for low", "overhead(cpu)<5% holds for low: CPU per request +1.4 % (1.1 to 1.6).")]
    [InlineData("overhead(cpu)<5% for high", "overhead(cpu)<5% is violated by high: CPU per request +20.4 % (20.1 to 20.6).")]
    [InlineData("overhead(cpu)<1.35% for low", "overhead(cpu)<1.35% is not decided for low: CPU per request +1.4 % (1.1 to 1.6), which reaches across the limit.")]
    [InlineData("overhead(cpu)<5% for lwo", "overhead(cpu)<5% is not decided for lwo: the run has no arm of this name.")]
    [InlineData("overhead(cpu)<5% for off", "overhead(cpu)<5% is not decided for off: CPU per request has no interval (nothing to compare it with).")]
    [InlineData("p(95)<4", "p(95)<4 is not decided: p(95) is not kept for every launch set of a scenario. Use one of: p(50), p(90), p(99), p(99.9).")]
    [InlineData("rps>5 for low", "rps>5 for low is not decided: rps is fixed by a scenario's plan, and a launch set that misses its rate is void. Use it with the load verb.")]
    public void A_change_is_judged_in_a_sentence(string threshold, string sentence) =>
        Assert.Equal(sentence, Of(ThresholdRun.Analyze(ThresholdRun.WithCpu), threshold));

    [Theory]
    [InlineData("p(99)<4", "p(99)<4 holds for low: p99 response time 3.12 ms (3.04 to 3.19).")]
    [InlineData("p(99)<3.1", "p(99)<3.1 is not decided for low: p99 response time 3.12 ms (3.04 to 3.19), which reaches across the limit.")]
    [InlineData("p(99)<3", "p(99)<3 is violated by low: p99 response time 3.12 ms (3.04 to 3.19).")]
    public void A_percentile_is_shown_with_its_interval(string threshold, string sentence)
    {
        // Medians of 1.014 to 1.064 ms; a hand-made p99 is three times its median, and the middle Walsh average is 3.117.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" ? LabRun.Arm("low", p50Seconds: 0.001 * (1.004 + (i * 0.01))) : arm);

        Assert.Equal(sentence, Of(analysis, threshold + " for low"));
    }

    [Fact]
    public void All_arms_are_named_where_a_threshold_holds_for_all() =>
        Assert.Equal("p(99)<4 holds for off, low, high.", Of(ThresholdRun.Analyze((_, arm) => arm), "p(99)<4"));

    [Fact]
    public void What_was_not_measured_is_said_with_the_reason()
    {
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" && i == 2 ? arm with { ResponseTime = null } : arm);

        Assert.Equal("p(99)<4 is not decided for low; holds for off, high.", Of(analysis, "p(99)<4"));
        Assert.Equal("p(99)<4 is not decided for low: p99 response time was not measured (no response time was recorded (1 of 6 launch sets)).", Of(analysis, "p(99)<4 for low"));
        Assert.Equal("overhead(p(99))<10% is not decided for low: p99 response time has no interval (no response time was recorded (1 of 6 launch sets)).", Of(analysis, "overhead(p(99))<10% for low"));
    }

    [Fact]
    public void Too_few_launch_sets_are_counted()
    {
        var analysis = ThresholdRun.Analyze(ThresholdRun.WithCpu, launchSets: 5);

        Assert.Equal("p(99)<4 is not decided for low: p99 response time has no interval (5 launch sets; 6 are needed).", Of(analysis, "p(99)<4 for low"));
        Assert.Contains("5 launch sets; a 95 % interval needs 6", Of(analysis, "overhead(cpu)<5% for low"), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_are_said_by_launch_sets_where_none_is_allowed_and_as_a_share_elsewhere()
    {
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "low" && i == 7 ? WithErrors(arm, 1) : arm.Arm == "high" ? WithErrors(arm, 2) : arm, launchSets: 20);

        Assert.Equal("errors==0 is violated by low: errors in 1 of 20 launch sets.", Of(analysis, "errors==0 for low"));
        Assert.Equal("errors==0 holds for off: errors 0 % (0 to 0).", Of(analysis, "errors==0 for off"));
        Assert.Equal("rate<0.01 is violated by high: errors 2.0 % (2.0 to 2.0).", Of(analysis, "rate<0.01 for high"));
    }

    [Theory]
    [InlineData(4_000L, 3_998, "spans_lost==0 for high", "spans_lost==0 is violated by high: 24,000 spans were sampled and 23,988 arrived.")]
    [InlineData(4_000L, 3_998, "spans_lost==0", "spans_lost==0 is violated by high; holds for off, low.")]
    [InlineData(4_000L, 3_998, "spans_lost<100 for high", "spans_lost<100 holds for high: 24,000 spans were sampled and 23,988 arrived.")]
    [InlineData(4_000L, 3_998, "spans_lost<0.1% for high", "spans_lost<0.1% holds for high: 24,000 spans were sampled and 23,988 arrived, 0.05 % lost.")]
    [InlineData(4_000L, 3_998, "spans_lost<0.01% for high", "spans_lost<0.01% is violated by high: 24,000 spans were sampled and 23,988 arrived, 0.05 % lost.")]
    [InlineData(4_000L, 3_960, "overhead(cpu)<5% for high", "overhead(cpu)<5% is not decided for high: CPU per request 0 % (0 to 0), but high lost 1 % of its spans (240 of 24,000), so that its cost is a lower bound.")]
    [InlineData(4_000L, 3_960, "overhead(cpu)<5%", "overhead(cpu)<5% is not decided for high; holds for low.")]
    [InlineData(4_000L, 4_000, "spans_lost==0 for high", "spans_lost==0 holds for high: 24,000 spans were sampled and 24,000 arrived.")]
    [InlineData(4_000L, 4_001, "spans_lost==0 for high", "spans_lost==0 is not decided for high: 24,000 spans were sampled and 24,006 arrived, so the ledger does not balance.")]
    [InlineData(null, 4_000, "spans_lost==0 for high", "spans_lost==0 is not decided for high: lost spans were not measured (the target did not report what it sampled).")]
    [InlineData(null, 0, "overhead(cpu)<90% for high", "overhead(cpu)<90% is not decided for high: CPU per request 0 % (0 to 0), but high is broken: it exported nothing in 6 launch sets.")]
    public void Spans_are_said_as_they_were_counted(long? sampled, long received, string threshold, string sentence) =>
        Assert.Equal(sentence, Of(ThresholdRun.Analyze((_, arm) => arm.Arm == "high" ? arm with { Spans = LabRun.Ledger(sampled, received) } : arm), threshold));

    [Fact]
    public void A_baseline_that_exports_is_named_as_what_spoils_the_comparison()
    {
        var plan = LabRun.Plan(6, "low");
        var analysis = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Select(arm => arm.Role == ArmRole.Baseline ? arm with { Environment = new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" } } : arm)] },
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off") with { Spans = LabRun.Ledger(100, 100) }, LabRun.Arm("off'"), LabRun.Arm("low")))]);

        Assert.EndsWith("but off is broken: it exported 600 spans although it is told to export none.", Of(analysis, "overhead(cpu)<5%"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_decides_nothing_says_so_behind_the_numbers()
    {
        // The control is 10 % slower than the baseline that it repeats.
        var analysis = ThresholdRun.Analyze((i, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", 0.00044) : ThresholdRun.WithCpu(i, arm));

        Assert.Equal("overhead(cpu)<5% is not decided for low, high.", Of(analysis, "overhead(cpu)<5%"));
        Assert.Equal("overhead(cpu)<5% is not decided for high: CPU per request +20.4 % (20.1 to 20.6), but the run is UNTRUSTED and decides nothing.", Of(analysis, "overhead(cpu)<5% for high"));
    }

    [Fact]
    public void A_control_that_moved_is_shown_with_its_interval()
    {
        var analysis = ThresholdRun.Analyze((_, arm) => arm.Arm == "off'" ? LabRun.Arm("off'", p50Seconds: 0.0025) : arm);

        Assert.Equal(
            "overhead(p(99))<10% is not decided for low: p99 response time 0 % (0 to 0), but the same configuration measured twice differs by +150 % (150 to 150).",
            Of(analysis, "overhead(p(99))<10% for low"));
    }

    [Fact]
    public void Without_a_control_nothing_shows_that_the_run_can_be_trusted()
    {
        var plan = LabRun.Plan(6, "low");
        var analysis = LabRun.Analyze(
            plan with { Arms = [.. plan.Arms.Where(arm => arm.Role != ArmRole.Control)] },
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("low", 0.0005)))]);

        Assert.Equal("overhead(cpu)<5% is not decided for low: CPU per request +25.0 % (25.0 to 25.0), but nothing shows that the run can be trusted.", Of(analysis, "overhead(cpu)<5%"));
    }

    [Fact]
    public void Without_an_arm_there_is_nothing_to_judge()
    {
        var analysis = LabRun.Analyze(LabRun.Plan(6), [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'")))]);

        Assert.Equal("overhead(cpu)<5% is not decided: the run has no arm to judge.", Of(analysis, "overhead(cpu)<5%"));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_culture_of_the_machine_changes_no_sentence(string culture) => LabRun.InCulture(culture, () =>
        Assert.Equal(
            "overhead(cpu)<1.35% is not decided for low: CPU per request +1.4 % (1.1 to 1.6), which reaches across the limit.",
            Of(ThresholdRun.Analyze(ThresholdRun.WithCpu), "overhead(cpu)<1.35% for low")));

    private static string Of(RunAnalysis analysis, string threshold) => ThresholdWording.Sentence(analysis.Judge(threshold));

    private static ArmRecord WithErrors(ArmRecord arm, long perSlice) => arm with
    {
        Slices = [.. arm.Slices.Select(slice => slice with
        {
            AnsweredCount = slice.OfferedCount - perSlice,
            Errors = new Dictionary<string, long> { ["status"] = perSlice },
        })],
    };
}
