using System.Text.Json;
using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Runs;

public class RunAnalyzerTests
{
    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        var first = Text(Noisy());
        var second = Text(Noisy());

        Assert.Equal(first, second);
    }

    [Fact]
    public void The_order_in_which_launch_sets_were_read_changes_nothing()
    {
        var launches = Launches(7);
        LaunchRecord[] turned = [.. launches.Reverse()];

        Assert.Equal(Text(LabRun.Analyze(LabRun.Plan(7, "on"), launches)), Text(LabRun.Analyze(LabRun.Plan(7, "on"), turned)));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        string Texts() => Text(Noisy());
        var expected = Texts();

        LabRun.InCulture(culture, () => Assert.Equal(expected, Texts()));
    }

    [Fact]
    public void Voided_launch_sets_are_counted_and_their_numbers_are_not()
    {
        var wild = LabRun.Launch(9, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on", 1.0)) with { Findings = [LabRun.Invalidity("Achieved 900 of 1,000 requests/s.")] };
        var clean = RunAnalyzer.Analyze(LabRun.Manifest, LabRun.Plan(7, "on"), Launches(7), [], null);
        var analysis = RunAnalyzer.Analyze(LabRun.Manifest, LabRun.Plan(7, "on"), Launches(7), [wild], null);

        Assert.Equal(1, analysis.VoidedLaunchSets);
        Assert.Equal(7, analysis.LaunchSets);
        Assert.Equal(ResultsJson.Serialize(clean.Arms), ResultsJson.Serialize(analysis.Arms));
        var finding = Assert.Single(analysis.Findings, finding => finding.Code == "launch-voided");
        Assert.Equal((FindingSeverity.Invalid, "launch 9"), (finding.Severity, finding.Subject));
        Assert.Equal(wild.Findings, Assert.IsType<LaunchVoided>(finding.Details).Causes);
    }

    [Fact]
    public void A_launch_set_that_is_invalid_does_not_count_wherever_it_lay()
    {
        var launches = Launches(7);
        launches[2] = launches[2] with { Findings = [LabRun.Invalidity("Achieved 1 of 2.")] };
        var analysis = LabRun.Analyze(LabRun.Plan(7, "on"), launches);

        Assert.Equal(6, analysis.LaunchSets);
        Assert.Equal(1, analysis.VoidedLaunchSets);
        Assert.Equal(6, analysis.Metric("on", MetricId.Cpu).Samples.Count);
    }

    [Fact]
    public void Findings_of_launch_sets_are_gathered_by_code_with_the_gravest_first()
    {
        var launches = Launches(6);
        launches[1] = launches[1] with { Findings = [new Finding(FindingSeverity.Note, "steal", "launch 2", "0.1 %", "Wait.")] };
        launches[3] = launches[3] with
        {
            Findings =
            [
                new Finding(FindingSeverity.Warning, "steal", "launch 4", "2.1 %", "Move."),
                new Finding(FindingSeverity.Note, "not-settled", "on", "slope 1 %", "Warm up longer."),
            ],
        };
        var findings = LabRun.Analyze(LabRun.Plan(6, "on"), launches).Findings;

        Assert.Contains(new Finding(FindingSeverity.Warning, "steal", "run") { Details = new LaunchSetFinding(2, 2, 6, 4, launches[3].Findings[0]) }, findings);
        Assert.Contains(new Finding(FindingSeverity.Note, "not-settled", "on") { Details = new LaunchSetFinding(1, 1, 6, 4, launches[3].Findings[1]) }, findings);
    }

    [Fact]
    public void Every_arm_and_every_metric_has_its_place_in_the_order_of_plan_and_catalogue()
    {
        var analysis = LabRun.Analyze(LabRun.Plan(6, "on"), Launches(6));

        Assert.Equal(["off", "off'", "on"], analysis.Arms.Select(arm => arm.Name));
        Assert.All(analysis.Arms, arm => Assert.Equal(MetricCatalog.All.Select(metric => metric.Id), arm.Metrics.Select(metric => metric.Metric)));
        Assert.Equal("meaning of on", analysis.Arm("on").Meaning);
        Assert.True(analysis.Completed);
    }

    [Fact]
    public void A_target_that_tells_nothing_of_work_after_the_answer_has_no_such_metric()
    {
        var plan = LabRun.Plan(6, "on") with { Target = new TargetDefinition([], []) };
        var analysis = LabRun.Analyze(plan, [.. Enumerable.Range(1, 6).Select(number => LabRun.Launch(number, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on")))]);

        Assert.DoesNotContain(analysis.Arm("on").Metrics, metric => metric.Metric is MetricId.CompletionP50 or MetricId.CompletionP99);
        Assert.DoesNotContain(analysis.Findings, finding => finding.Code == "not-measured");
    }

    [Fact]
    public void The_latency_curve_is_the_median_over_launch_sets_where_all_have_the_percentile()
    {
        // p50 of 1.0, 1.1, ... 1.5 ms: median 1.25 ms, p99 three times that. 99.99 only one launch set has.
        var launches = Enumerable.Range(0, 6).Select(i => LabRun.Launch(i + 1, LabRun.Arm("off", p50Seconds: 0.001 + (i * 0.0001)), LabRun.Arm("off'"))).ToArray();
        var extra = launches[0].Arms[0];
        launches[0] = launches[0] with
        {
            Arms = [extra with { ResponseTime = extra.ResponseTime! with { Spectrum = [.. extra.ResponseTime.Spectrum, new PercentilePoint(99.99, 1)] } }, launches[0].Arms[1]],
        };
        var curve = LabRun.Analyze(LabRun.Plan(6), launches).Arm("off").LatencyCurve;

        Assert.Equal([50, 75, 90, 95, 99, 99.9], curve.Select(point => point.Percentile));
        Assert.Equal(0.00125, curve[0].Seconds, 12);
        Assert.Equal(0.00375, curve[4].Seconds, 12);
    }

    [Fact]
    public void Of_too_few_answers_neither_the_curve_nor_a_comparison_has_the_percentile_unless_it_was_stated_before()
    {
        LaunchRecord[] launches = [.. Launches(6).Select(launch => launch with { Arms = [.. launch.Arms.Select(arm => arm with { ResponseTime = arm.ResponseTime! with { Count = 99 } })] })];
        var now = LabRun.Analyze(LabRun.Plan(6, "on"), launches).Arm("on");
        var before = LabRun.Analyze(LabRun.Plan(6, "on"), [.. launches.Select(launch => launch with { WithholdsMaxima = false })]).Arm("on");

        Assert.Equal([50, 75, 90, 95], now.LatencyCurve.Select(point => point.Percentile));
        Assert.Equal((MissingReason.TooFewAnswers, Verdict.Invalid), (now.Get(MetricId.P99).Missing!.Reason, now.Get(MetricId.P99).Verdict));
        Assert.Null(now.Get(MetricId.P99).Value);
        Assert.NotNull(now.Get(MetricId.P90).Ratio);
        Assert.NotNull(before.Get(MetricId.P999).Ratio);
    }

    [Theory]
    [InlineData(99, null)]
    [InlineData(100, 0.4)]
    public void The_p99_of_calls_between_services_needs_as_many_calls_in_a_launch_set(long calls, double? expected)
    {
        var traces = new TraceSummary { SpanCount = calls, MissedExportCount = 0, PersonalData = [], PersonalDataElsewhereCount = 0, Edges = [new ServiceEdge("a", "b", calls, 0, 0.1, 0.4)], Slowest = null };
        LaunchRecord[] launches = [.. Launches(6).Select(launch => launch with { Arms = [.. launch.Arms.Select(arm => arm with { Traces = traces })] })];

        Assert.Equal(new ServiceEdge("a", "b", 6 * calls, 0, 0.1, expected), Assert.Single(LabRun.Analyze(LabRun.Plan(6, "on"), launches).Arm("on").Traces!.Edges));
    }

    [Fact]
    public void Ledgers_are_added_up_and_one_unknown_makes_the_total_unknown()
    {
        var launches = Launches(6);
        var known = LabRun.Analyze(LabRun.Plan(6, "on"), launches).Arm("on").Spans;
        launches[0] = launches[0] with { Arms = [.. launches[0].Arms.Select(arm => arm with { Spans = arm.Spans with { SampledCount = null } })] };
        var unknown = LabRun.Analyze(LabRun.Plan(6, "on"), launches).Arm("on").Spans;

        Assert.Equal((24_000, 96_000, 96_000), (known.RequestCount, known.SampledCount, known.ReceivedCount));
        Assert.Null(unknown.SampledCount);
        Assert.Equal(96_000, unknown.ReceivedCount);
    }

    [Fact]
    public void An_outlying_launch_set_is_named_and_kept()
    {
        var launches = Launches(8);
        launches[5] = LabRun.Launch(6, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on", 0.00088));
        var analysis = LabRun.Analyze(LabRun.Plan(8, "on"), launches);
        var outlier = Assert.Single(analysis.Findings, finding => finding.Details is Outliers { Metric: MetricId.Cpu });
        var launch = Assert.Single(((Outliers)outlier.Details!).All);

        Assert.Equal((FindingSeverity.Note, "outlier"), (outlier.Severity, outlier.Code));
        Assert.Equal(("on", 6), (launch.Arm, launch.Launch));
        Assert.Equal(1.2, launch.Ratio, 10);
        Assert.Equal(0.00088, analysis.Metric("on", MetricId.Cpu).Samples[5]!.Value, 10);
    }

    [Fact]
    public void A_run_that_ended_early_says_why()
    {
        var outcome = new RunOutcome(1, false, 6, 2, "the budget of 600 s was spent", 601);
        var analysis = RunAnalyzer.Analyze(LabRun.Manifest, LabRun.Plan(8, "on"), Launches(6), [], outcome);

        Assert.False(analysis.Completed);
        Assert.Contains(analysis.Findings, finding => finding.Code == "run-incomplete" && new RunEndedEarly(6, 8, "the budget of 600 s was spent").Equals(finding.Details));
    }

    [Fact]
    public void What_the_platform_could_not_give_travels_with_the_run()
    {
        var manifest = LabRun.Manifest with { NotMeasured = ["No steal time.", "No placement."] };
        var analysis = RunAnalyzer.Analyze(manifest, LabRun.Plan(6, "on"), Launches(6), [], null);

        Assert.Contains(analysis.Findings, finding => finding.Code == "platform-limits" && finding.Details is PlatformLimits { NotMeasured: ["No steal time.", "No placement."] });
    }

    [Fact]
    public void A_plan_without_exactly_one_baseline_is_refused()
    {
        var plan = LabRun.Plan(6, "on");
        PlannedArm[] none = [.. plan.Arms.Where(arm => arm.Role != ArmRole.Baseline)];

        var error = Assert.Throws<ArgumentException>(() => LabRun.Analyze(plan with { Arms = none }, Launches(6)));
        Assert.Contains("0 baseline arms", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LabRun.Analyze(plan with { Arms = [.. plan.Arms, plan.Arms[2]] }, Launches(6)));
    }

    private static RunAnalysis Noisy() => LabRun.Analyze(LabRun.Plan(7, "on"), Launches(7));

    private static LaunchRecord[] Launches(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => LabRun.Launch(
            i + 1,
            LabRun.Arm("off", 0.0004 + (i * 1e-7)),
            LabRun.Arm("off'", 0.0004 + (i * i * 1e-8)),
            LabRun.Arm("on", 0.00044 + (i * 3e-7), 11_234.5) with { Spans = LabRun.Ledger(16_000, 16_000, 2_000_000) })),
    ];

    // Findings of the analysis are not stored, so each is written as what it is.
    private static string Text(RunAnalysis analysis) => ResultsJson.Serialize(analysis with { Findings = [] })
        + string.Join("\n", analysis.Findings.Select(finding => $"{finding.Severity} {finding.Code} {finding.Subject} {JsonSerializer.Serialize(finding.Details, finding.Details!.GetType(), ResultsJson.Options)}"));
}
