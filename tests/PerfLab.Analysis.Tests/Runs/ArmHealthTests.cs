using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Runs;

public class ArmHealthTests
{
    [Fact]
    public void A_few_lost_spans_of_many_are_a_figure_and_no_fault()
    {
        // 3 of 1,200,000 are 0.00025 %.
        var analysis = LabRun.OneVariant((i, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(200_000, i == 6 ? 199_997 : 200_000) } : arm);
        var health = analysis.Arm("on").Health;

        Assert.Equal(ArmState.Healthy, health.State);
        Assert.Empty(health.Faults);
        Assert.Equal(3.0 / 1_200_000, health.SpansLostRatio);
        Assert.Equal(SpanBalance.Unbalanced, health.Spans);
        Assert.DoesNotContain(analysis.Findings, finding => finding.Code == RunFindingsCode);
    }

    [Theory]
    [InlineData(1_000, 999, ArmState.Healthy)]
    [InlineData(1_000, 998, ArmState.Impaired)]
    [InlineData(1_000, 501, ArmState.Impaired)]
    [InlineData(1_000, 500, ArmState.Broken)]
    public void More_than_a_thousandth_lost_impairs_the_arm_and_half_breaks_it(long sampled, long received, ArmState state) =>
        Assert.Equal(state, LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(sampled, received) } : arm).Arm("on").Health.State);

    [Fact]
    public void The_cost_of_an_arm_that_loses_spans_is_a_lower_bound()
    {
        var analysis = LabRun.OneVariant((i, arm) => arm.Arm == "on" && i is 2 or 5 ? arm with { Spans = LabRun.Ledger(1_000, 980) } : arm);

        // 40 of 2 x 1,000 + 4 x 4,000.
        Assert.Equal([new ArmFault(ArmFaultKind.SpansLost, 40, 18_000, 2)], analysis.Arm("on").Health.Faults);
        var finding = Assert.Single(analysis.Findings, finding => finding.Code == RunFindingsCode);
        Assert.Equal("on", finding.Subject);
        Assert.All(analysis.Arms.Where(arm => arm.Name != "on"), arm => Assert.Equal(ArmState.Healthy, arm.Health.State));
    }

    [Fact]
    public void A_surplus_impairs_the_arm()
    {
        var health = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(1_000, 1_002) } : arm).Arm("on").Health;

        Assert.Equal(ArmState.Impaired, health.State);
        Assert.Equal([new ArmFault(ArmFaultKind.SpansSurplus, 12, 6_000, 6)], health.Faults);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public void A_variant_from_which_nothing_arrives_is_broken(long? sampled)
    {
        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(sampled, 0) } : arm);

        Assert.Equal(ArmState.Broken, analysis.Arm("on").Health.State);
        Assert.Equal([(ArmFaultKind.NothingExported, 6)], analysis.Arm("on").Health.Faults.Select(fault => (fault.Kind, fault.LaunchSets)));
    }

    // Exports of one launch set: rejected and accepted. Nobody counted what was sampled, as with most services.
    [Theory]
    [InlineData(1, 999, ArmState.Healthy)]
    [InlineData(2, 998, ArmState.Impaired)]
    [InlineData(499, 501, ArmState.Impaired)]
    [InlineData(500, 500, ArmState.Broken)]
    [InlineData(20, 0, ArmState.Broken)]
    public void Exports_that_the_collector_rejects_impair_the_arm_and_half_of_them_break_it(long rejected, long accepted, ArmState state)
    {
        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = Rejecting(LabRun.Ledger(null, accepted), rejected, accepted) } : arm);

        Assert.Equal(state, analysis.Arm("on").Health.State);
        Assert.All(analysis.Arms.Where(arm => arm.Name != "on"), arm => Assert.Equal(ArmState.Healthy, arm.Health.State));
    }

    [Fact]
    public void An_arm_of_which_every_export_is_rejected_says_so_and_not_that_it_exported_nothing()
    {
        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = Rejecting(LabRun.Ledger(null, 0), 20, 0) } : arm);

        Assert.Equal([new ArmFault(ArmFaultKind.ExportsRejected, 120, 120, 6)], analysis.Arm("on").Health.Faults);
        Assert.Equal(ArmState.Broken, analysis.Arm("on").Health.State);
    }

    [Fact]
    public void Rejected_exports_that_arrived_when_they_were_sent_again_are_no_fault() =>
        Assert.Equal(
            ArmState.Healthy,
            LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = Rejecting(LabRun.Ledger(4_000, 4_000), 10, 20) } : arm).Arm("on").Health.State);

    [Fact]
    public void Exports_of_another_signal_and_injected_faults_break_no_arm()
    {
        RejectedExport[] harmless =
        [
            new(ExportTransport.Http, 404, ExportRejectionReason.UnknownPath, "/v1/metrics", 50),
            new(ExportTransport.Http, 503, ExportRejectionReason.InjectedFault, "/v1/traces", 50),
        ];

        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(null, 100) with { ExportRequestCount = 50, RejectedExports = harmless } } : arm);

        Assert.Equal(ArmState.Healthy, analysis.Arm("on").Health.State);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    [InlineData("OTEL_TRACES_EXPORTER", "console")]
    [InlineData("OTEL_TRACES_EXPORTER", "in-memory")]
    public void A_variant_that_is_told_to_be_silent_may_be(string variable, string value)
    {
        var silent = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(null, 0) } : arm, LabRun.OneVariantWith("on", variable, value));
        var loud = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(null, 10) } : arm, LabRun.OneVariantWith("on", variable, value));

        Assert.Equal(ArmState.Healthy, silent.Arm("on").Health.State);
        Assert.Equal(ArmState.Broken, loud.Arm("on").Health.State);
        Assert.Equal([(ArmFaultKind.ExportedThoughSilent, 60L)], loud.Arm("on").Health.Faults.Select(fault => (fault.Kind, fault.Count)));
    }

    [Theory]
    [InlineData("0", ArmState.Healthy)]
    [InlineData("0.0001", ArmState.Healthy)]
    [InlineData("0.0008", ArmState.Healthy)]
    [InlineData("0.001", ArmState.Broken)]
    [InlineData("0.01", ArmState.Broken)]
    public void A_ratio_sampler_may_take_nothing_where_hardly_anything_is_expected(string ratio, ArmState state)
    {
        // Of 24,000 requests in six launch sets, 2.4, 19, 24 and 240 traces are expected. None of 2.4 comes with a probability of 9 %,
        // none of 24 with one of e^-24.
        Assert.Equal(state, LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(0, 0) } : arm, Ratio(ratio)).Arm("on").Health.State);
    }

    [Fact]
    public void A_baseline_that_is_told_to_be_silent_and_exports_is_broken_and_decides_no_overhead()
    {
        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "off" ? arm with { Spans = LabRun.Ledger(null, 100) } : arm, LabRun.OneVariantWith("off", "OTEL_SDK_DISABLED", "true"));

        Assert.Equal(ArmState.Broken, analysis.Arm("off").Health.State);
        var finding = Assert.Single(analysis.Findings, finding => finding.Code == RunFindingsCode);
        Assert.Equal((ArmState.Broken, ArmFaultKind.ExportedThoughSilent), finding.Details is ArmFaulty faulty ? (faulty.State, faulty.Fault.Kind) : default);
    }

    [Fact]
    public void A_baseline_that_nothing_tells_to_be_silent_may_export() =>
        Assert.Equal(ArmState.Healthy, LabRun.OneVariant((_, arm) => arm with { Spans = LabRun.Ledger(100, 100) }).Arm("off").Health.State);

    // 400 of each 4,000 requests in launch set 3 sample 20 traces, and those of the other launch sets came.
    [Theory]
    [InlineData(400, ArmState.Healthy)]
    [InlineData(4_000, ArmState.Broken)]
    public void One_launch_set_without_a_span_is_enough_where_spans_must_have_come(long requests, ArmState state) =>
        Assert.Equal(
            state,
            LabRun.OneVariant((i, arm) => arm.Arm == "on" && i == 3 ? arm with { Spans = LabRun.Ledger(null, 0) with { RequestCount = requests } } : arm, Ratio("0.04")).Arm("on").Health.State);

    // 5 traces are expected in each launch set: 4 silent ones of 6 add up to 20, and were picked because they are silent.
    [Fact]
    public void Silent_launch_sets_among_others_do_not_add_up() =>
        Assert.Equal(ArmState.Healthy, LabRun.OneVariant((i, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(null, i <= 4 ? 0 : 5) } : arm, Ratio("0.00125")).Arm("on").Health.State);

    [Theory]
    [InlineData("always_on", null, ArmState.Broken)]
    [InlineData("parentbased_traceidratio", "0.5", ArmState.Broken)]
    [InlineData("xray", null, ArmState.Healthy)]
    [InlineData("OTEL_TRACES_SAMPLER", null, ArmState.Healthy)]
    public void A_baseline_that_is_told_to_sample_and_exports_nothing_is_broken(string sampler, string? ratio, ArmState state)
    {
        var plan = LabRun.Plan(6, "on");
        var environment = new Dictionary<string, string>();
        if (sampler != "OTEL_TRACES_SAMPLER")
        {
            environment["OTEL_TRACES_SAMPLER"] = sampler;
        }

        if (ratio is not null)
        {
            environment["OTEL_TRACES_SAMPLER_ARG"] = ratio;
        }

        var health = LabRun.OneVariant((_, arm) => arm, plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "off" ? arm with { Environment = environment } : arm)] }).Arm("off").Health;

        Assert.Equal(state, health.State);
        Assert.Equal(state == ArmState.Healthy ? [] : [new ArmFault(ArmFaultKind.NothingExported, 0, 24_000, 6)], health.Faults);
    }

    // Ids that are all zero or of the wrong length: the export is taken, and its spans are not.
    [Theory]
    [InlineData(1, 999, ArmState.Healthy)]
    [InlineData(2, 998, ArmState.Impaired)]
    [InlineData(3_000, 0, ArmState.Broken)]
    public void Spans_without_valid_ids_impair_the_arm_and_half_of_them_break_it(long invalid, long received, ArmState state)
    {
        foreach (var name in new[] { "off", "on" })
        {
            var analysis = LabRun.OneVariant((_, arm) => arm.Arm == name ? arm with { Spans = LabRun.Ledger(null, received) with { RefusedCount = invalid } } : arm);

            Assert.Equal(state, analysis.Arm(name).Health.State);
            Assert.Equal(state == ArmState.Healthy ? [] : [new ArmFault(ArmFaultKind.InvalidIds, 6 * invalid, 6 * (invalid + received), 6)], analysis.Arm(name).Health.Faults);
            Assert.Equal(state != ArmState.Healthy, analysis.Findings.Any(finding => finding is { Code: RunFindingsCode, Details: ArmFaulty { Fault.Kind: ArmFaultKind.InvalidIds } }));
        }
    }

    [Fact]
    public void Spans_without_valid_ids_are_exports_of_an_arm_that_is_told_to_export_none() =>
        Assert.Equal(
            ArmFaultKind.ExportedThoughSilent,
            LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(null, 0) with { RefusedCount = 5 } } : arm, LabRun.OneVariantWith("on", "OTEL_SDK_DISABLED", "true"))
                .Arm("on").Health.Faults.Select(fault => fault.Kind).Single(kind => kind != ArmFaultKind.InvalidIds));

    // A back end in trouble sees what it does not take, and the warm-up before the trouble found a healthy one.
    [Theory]
    [InlineData(BackEndFaultKind.Slow, false, ArmState.Broken)]
    [InlineData(BackEndFaultKind.Unavailable, false, ArmState.Broken)]
    [InlineData(BackEndFaultKind.Throttled, false, ArmState.Broken)]
    [InlineData(BackEndFaultKind.Silent, false, ArmState.Broken)]
    [InlineData(BackEndFaultKind.Reset, false, ArmState.Broken)]
    [InlineData(BackEndFaultKind.Reset, true, ArmState.Healthy)]
    [InlineData(BackEndFaultKind.Down, false, ArmState.Healthy)]
    public void An_arm_that_attempts_nothing_at_a_back_end_in_trouble_is_broken(BackEndFaultKind kind, bool attempts, ArmState state)
    {
        var plan = LabRun.Plan(6, "on");
        RejectedExport[] rejected = attempts ? [new(ExportTransport.Http, null, ExportRejectionReason.InjectedFault, "/v1/traces", 1)] : [];

        var health = LabRun.OneVariant(
            (_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(null, 0) with { ExportRequestCount = 0, RejectedExports = rejected } } : arm,
            plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "on" ? arm with { BackEnd = new BackEndFaultDefinition(kind, 1, null, 1) } : arm)] }).Arm("on").Health;

        Assert.Equal(state, health.State);
        Assert.Equal(state == ArmState.Healthy ? [] : [ArmFaultKind.NothingExported], health.Faults.Select(fault => fault.Kind));
    }

    [Fact]
    public void An_arm_whose_back_end_is_faulty_on_purpose_may_lose_all_spans()
    {
        var plan = LabRun.Plan(6, "on");
        var analysis = LabRun.OneVariant(
            (_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(4_000, 0) } : arm,
            plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "on" ? arm with { BackEnd = new BackEndFaultDefinition(BackEndFaultKind.Down, null, null, 1) } : arm)] });

        Assert.Equal(ArmState.Healthy, analysis.Arm("on").Health.State);
        Assert.Equal(SpanBalance.FaultInjected, analysis.Arm("on").Health.Spans);
        Assert.Null(analysis.Arm("on").Health.SpansLostRatio);
    }

    [Fact]
    public void An_arm_that_fails_more_requests_than_the_baseline_is_broken()
    {
        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? Failing(arm, 2) : arm);
        var everywhere = LabRun.OneVariant((_, arm) => Failing(arm, 2));

        // 2 of 100 requests in each of 10 slices of 6 launch sets.
        Assert.Equal([new ArmFault(ArmFaultKind.RequestsFailed, 120, 6_000, 6)], analysis.Arm("on").Health.Faults);
        Assert.Equal(ArmState.Broken, analysis.Arm("on").Health.State);
        Assert.Equal(ArmState.Healthy, everywhere.Arm("on").Health.State);
        Assert.Equal(ArmState.Broken, everywhere.Arm("off").Health.State);
    }

    // Of 6,000 requests, 12 failures or more have a probability of 2.0 % at a rate of 0.1 % (binomial distribution), 13 or more 0.9 %.
    [Theory]
    [InlineData(1, ArmState.Healthy)]
    [InlineData(12, ArmState.Healthy)]
    [InlineData(13, ArmState.Broken)]
    public void Requests_that_fail_by_chance_break_neither_an_arm_nor_the_baseline(int failures, ArmState state)
    {
        foreach (var name in new[] { "off", "on" })
        {
            var analysis = LabRun.OneVariant((i, arm) => arm.Arm == name && i == 2 ? arm with { Slices = [.. arm.Slices.Select((slice, place) => place == 1 ? slice with { AnsweredCount = slice.OfferedCount - failures } : slice)] } : arm);

            Assert.Equal(state, analysis.Arm(name).Health.State);
        }
    }

    [Fact]
    public void Of_no_launch_set_nothing_is_known() =>
        Assert.All(RunAnalyzer.Analyze(LabRun.Manifest, LabRun.Plan(6, "on"), [], [], null).Arms, arm => Assert.Equal(ArmState.Unknown, arm.Health.State));

    private const string RunFindingsCode = "arm-fault";

    private static Plan Ratio(string ratio)
    {
        var plan = LabRun.Plan(6, "on");
        var environment = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = "traceidratio", ["OTEL_TRACES_SAMPLER_ARG"] = ratio };
        return plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "on" ? arm with { Environment = environment } : arm)] };
    }

    private static SpanLedger Rejecting(SpanLedger ledger, long rejected, long accepted) => ledger with
    {
        ExportRequestCount = accepted,
        RejectedExports = [new RejectedExport(ExportTransport.Http, 404, ExportRejectionReason.UnknownPath, "//v1/traces", rejected)],
    };

    private static ArmRecord Failing(ArmRecord arm, long perSlice) =>
        arm with { Slices = [.. arm.Slices.Select(slice => slice with { AnsweredCount = slice.OfferedCount - perSlice })] };
}
