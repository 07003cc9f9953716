using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Runs;

/// <summary>Arms that do more tracing than the baseline and cost less.</summary>
public sealed class CheaperFindingTests
{
    [Fact]
    public void An_arm_that_traces_and_is_cheaper_than_no_tracing_needs_a_reason()
    {
        var (arm, cheaper) = Assert.Single(Found(LabRun.OneVariant((i, arm) => arm.Arm == "on" ? LabRun.Arm("on", 0.00016 + (i * 1e-7)) : arm)));

        Assert.Equal(("on", MetricId.Cpu, LessTracing.ExportsNothing), (arm, cheaper.Metric, cheaper.Baseline));
        Assert.InRange(cheaper.Ratio.Estimate, -0.60, -0.59);
        Assert.Empty(Found(LabRun.OneVariant((_, arm) => arm)));
    }

    // -59 % of every percentile is one finding; -8 % is within the threshold of 10 %; and a control at 0.2 to 2 ms does as much.
    [Theory]
    [InlineData(0.00041, false, true)]
    [InlineData(0.00092, false, false)]
    [InlineData(0.00041, true, false)]
    public void Response_times_below_those_without_tracing_need_a_reason_unless_the_control_is_one(double p50Seconds, bool controlMoves, bool isFound)
    {
        double[] control = [0.0002, 0.002, 0.0003, 0.0019, 0.001, 0.0011];
        var found = Found(LabRun.OneVariant((i, arm) => arm.Arm switch
        {
            "on" => LabRun.Arm("on", p50Seconds: p50Seconds),
            "off'" when controlMoves => LabRun.Arm("off'", p50Seconds: control[i - 1]),
            _ => arm,
        }));

        Assert.Equal(isFound ? [MetricId.P50] : [], found.Select(finding => finding.Details.Metric));
    }

    // With many variants no verdict survives Holm's adjustment of six launch sets, and the interval shows it all the same.
    [Fact]
    public void Many_variants_hide_no_response_time_below_that_without_tracing()
    {
        string[] variants = ["a", "b", "c", "d"];
        var analysis = LabRun.Analyze(
            LabRun.Plan(6, variants),
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, [LabRun.Arm("off"), LabRun.Arm("off'"), .. variants.Select(name => LabRun.Arm(name, p50Seconds: 0.00041 + (i * 1e-9)))]))]);

        Assert.Equal(variants, Found(analysis).Select(finding => finding.Arm));
    }

    [Theory]
    [InlineData(3_000, null, LessTracing.ExportsLess)]
    [InlineData(31, null, LessTracing.Unknown)]
    [InlineData(3_000, "SERVICE_INSTRUMENTATION", LessTracing.Unknown)]
    public void An_arm_that_exports_more_than_the_baseline_by_its_sampler_alone_is_not_cheaper(long spans, string? other, LessTracing expected)
    {
        var found = Found(Cheap(
            new() { ["OTEL_TRACES_SAMPLER"] = "traceidratio", ["OTEL_TRACES_SAMPLER_ARG"] = "0.01" },
            other is null ? new() { ["OTEL_TRACES_SAMPLER"] = "always_on" } : new() { ["OTEL_TRACES_SAMPLER"] = "always_on", [other] = "manual" },
            baselineSpans: 30,
            spans));

        Assert.Equal(expected == LessTracing.Unknown ? [] : [(MetricId.Cpu, expected)], found.Select(finding => (finding.Details.Metric, finding.Details.Baseline)));
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off", true)]
    [InlineData("OTEL_TRACES_EXPORTER", "none", true)]
    [InlineData("OTEL_SDK_DISABLED", "true", false)]
    public void An_SDK_that_exports_nothing_is_not_cheaper_than_none(string variable, string value, bool isFound)
    {
        var found = Found(Cheap(new() { ["OTEL_SDK_DISABLED"] = "true" }, new() { [variable] = value }, baselineSpans: 0, spans: 0));

        Assert.Equal(isFound ? [(MetricId.Cpu, LessTracing.HasNoSdk)] : [], found.Select(finding => (finding.Details.Metric, finding.Details.Baseline)));
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off", "OTEL_TRACES_EXPORTER", "console", true)]
    [InlineData("OTEL_JAVAAGENT_ENABLED", "false", "OTEL_TRACES_EXPORTER", "zipkin", true)]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off", "OTEL_TRACES_SAMPLER", "always_off", false)]
    public void A_baseline_that_samples_nothing_is_not_dearer_than_an_arm_whose_spans_go_elsewhere(string variable, string value, string other, string otherValue, bool isFound) =>
        Assert.Equal(isFound, Found(Cheap(new() { [variable] = value }, new() { [other] = otherValue }, baselineSpans: 0, spans: 0)).Any());

    // The variant takes 164 us of CPU where the baseline takes 400.
    private static RunAnalysis Cheap(Dictionary<string, string> baseline, Dictionary<string, string> variant, long baselineSpans, long spans)
    {
        var plan = LabRun.Plan(6, "on");
        return LabRun.OneVariant(
            (_, arm) => arm.Arm == "on" ? LabRun.Arm("on", 0.000164) with { Spans = LabRun.Ledger(null, spans) } : arm with { Spans = LabRun.Ledger(null, baselineSpans) },
            plan with { Arms = [.. plan.Arms.Select(arm => arm with { Environment = arm.Name == "on" ? variant : baseline })] });
    }

    private static IEnumerable<(string Arm, CheaperThanNoTracing Details)> Found(RunAnalysis analysis) =>
        analysis.Findings.Where(finding => finding.Code == "cheaper-than-no-tracing").Select(finding => (finding.Subject, (CheaperThanNoTracing)finding.Details!));
}
