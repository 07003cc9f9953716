using PerfLab.Analysis.Thresholds;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>One threshold for each outcome, the second with two arms of which one violates it.</summary>
internal static class SyntheticThresholds
{
    public static IReadOnlyList<RunThresholdResult> OneOfEach { get; } =
    [
        new("spans_lost==0", ThresholdOutcome.Proven, [new("off", ThresholdOutcome.Proven, null, "spans_lost==0 holds for off: 0 spans were sampled and 0 arrived.")], "spans_lost==0 holds for off."),
        new(
            "overhead(cpu)<10%",
            ThresholdOutcome.Violated,
            [
                new("ratio-1", ThresholdOutcome.Proven, null, "overhead(cpu)<10% holds for ratio-1: CPU per request +7.3 %."),
                new("always-on", ThresholdOutcome.Violated, null, "overhead(cpu)<10% is violated by always-on: CPU per request +24.8 %."),
            ],
            "overhead(cpu)<10% is violated by always-on; holds for ratio-1."),
        new("p(99)<200 for nobody", ThresholdOutcome.NotDecided, [], "p(99)<200 for nobody is not decided: the run has no arm to judge."),
    ];
}
