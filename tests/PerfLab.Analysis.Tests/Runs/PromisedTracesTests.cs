using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Runs;

/// <summary>The traces that an arm's sampler promises, against those that arrived.</summary>
public sealed class PromisedTracesTests
{
    // 4,000 requests in each of 6 launch sets; a trace has one span without a parent.
    [Theory]
    [InlineData("always_on", 4_000, ArmState.Healthy)]
    [InlineData("parentbased_always_on", 3_601, ArmState.Healthy)]
    [InlineData("always_on", 8_000, ArmState.Healthy)]
    [InlineData("always_on", 3_599, ArmState.Impaired)]
    [InlineData("parentbased_always_on", 400, ArmState.Impaired)]
    [InlineData("xray", 400, ArmState.Healthy)]
    public void An_arm_that_samples_all_sends_as_many_traces_as_it_had_requests(string sampler, long traces, ArmState state)
    {
        var health = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = Traces(traces) } : arm, LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", sampler)).Arm("on").Health;

        Assert.Equal(state, health.State);
        Assert.Equal(state == ArmState.Healthy ? [] : [new ArmFault(ArmFaultKind.TracesMissing, 6 * traces, 24_000, 6)], health.Faults);
    }

    // A request for a static file makes no span. The service's own counts say that nothing was left out, and nothing got lost.
    [Theory]
    [InlineData(0, ArmState.Healthy)]
    [InlineData(500, ArmState.Healthy)]
    [InlineData(100_000, ArmState.Impaired)]
    public void Requests_that_make_no_span_are_no_fault_of_a_service_that_counts_what_it_samples(long notSampled, ArmState state)
    {
        var ledger = LabRun.Ledger(12_000, 12_000) with { RootSpanCount = 3_000, CreatedCount = 12_000 + notSampled, NotSampledCount = notSampled };

        var health = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = ledger } : arm, LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", "always_on")).Arm("on").Health;

        Assert.Equal(state, health.State);
    }

    // The head keeps the context at a hop where the baseline begins a second trace.
    [Fact]
    public void A_ratio_is_not_held_against_an_arm_that_differs_in_more_than_the_sampler()
    {
        var plan = LabRun.Plan(6, "on", "ratio");
        plan = plan with
        {
            Arms =
            [
                .. plan.Arms.Select(arm => arm.Name switch
                {
                    "on" => arm with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = "always_on", ["SERVICE_INSTRUMENTATION"] = "manual" } },
                    "ratio" => arm with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = "traceidratio", ["OTEL_TRACES_SAMPLER_ARG"] = "0.1" } },
                    _ => arm,
                }),
            ],
        };

        var analysis = LabRun.Analyze(
            plan,
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on") with { Spans = Traces(8_000) }, LabRun.Arm("ratio") with { Spans = Traces(400) }))]);

        Assert.Equal(ArmState.Healthy, analysis.Arm("ratio").Health.State);
    }

    [Theory]
    [InlineData("traceidratio", "0.1", 400, 4_000, ArmState.Healthy)]
    [InlineData("parentbased_traceidratio", "0.1", 435, 4_000, ArmState.Healthy)]
    [InlineData("traceidratio", "0.1", 800, 8_000, ArmState.Healthy)]
    [InlineData("traceidratio", "0.1", 4_000, 4_000, ArmState.Broken)]
    [InlineData("parentbased_traceidratio", "0.5", 400, 4_000, ArmState.Broken)]
    [InlineData("traceidratio", "0.5", 2_300, 4_000, ArmState.Broken)]
    [InlineData("traceidratio", "0.001", 5, 4_000, ArmState.Healthy)]
    [InlineData("traceidratio", "not a number", 4_000, 4_000, ArmState.Healthy)]
    public void A_ratio_is_held_against_an_arm_that_samples_all(string sampler, string ratio, long traces, long ofAll, ArmState state)
    {
        var plan = LabRun.Plan(6, "on", "ratio");
        plan = plan with
        {
            Arms =
            [
                .. plan.Arms.Select(arm => arm.Name switch
                {
                    "on" => arm with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = "always_on" } },
                    "ratio" => arm with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_SAMPLER"] = sampler, ["OTEL_TRACES_SAMPLER_ARG"] = ratio } },
                    _ => arm,
                }),
            ],
        };
        var analysis = LabRun.Analyze(
            plan,
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on") with { Spans = Traces(ofAll) }, LabRun.Arm("ratio") with { Spans = Traces(traces) }))]);

        Assert.Equal(state, analysis.Arm("ratio").Health.State);
        Assert.Equal(state == ArmState.Healthy ? [] : [new ArmFault(ArmFaultKind.SampledShareDiffers, 6 * traces, 6 * ofAll, 6)], analysis.Arm("ratio").Health.Faults);
    }

    [Fact]
    public void Without_an_arm_that_samples_all_and_in_runs_that_did_not_count_traces_a_ratio_is_not_judged()
    {
        var plan = LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", "traceidratio");
        plan = plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "on" ? arm with { Environment = new Dictionary<string, string>(arm.Environment) { ["OTEL_TRACES_SAMPLER_ARG"] = "0.1" } } : arm)] };

        Assert.Equal(ArmState.Healthy, LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = Traces(4_000) } : arm, plan).Arm("on").Health.State);
        Assert.Equal(ArmState.Healthy, LabRun.OneVariant((_, arm) => arm, LabRun.OneVariantWith("on", "OTEL_TRACES_SAMPLER", "always_on")).Arm("on").Health.State);
    }

    private static SpanLedger Traces(long traces) => LabRun.Ledger(null, 4 * traces) with { RootSpanCount = traces };
}
