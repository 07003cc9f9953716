using PerfLab.Analysis;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>One threshold for each outcome, the second with two arms of which one violates it.</summary>
internal static class SyntheticThresholds
{
    public static IReadOnlyList<RunThresholdResult> OneOfEach { get; } =
    [
        new(Threshold.Parse("spans_lost==0"), ThresholdOutcome.Proven, [new("off", ThresholdOutcome.Proven, new ThresholdEvidence.Spans(0, 0, null))]),
        new(
            Threshold.Parse("overhead(cpu)<10%"),
            ThresholdOutcome.Violated,
            [
                new("ratio-1", ThresholdOutcome.Proven, Cpu(0.073)),
                new("always-on", ThresholdOutcome.Violated, Cpu(0.248)),
            ]),
        new(Threshold.Parse("p(99)<200 for nobody"), ThresholdOutcome.NotDecided, []),
    ];

    private static ThresholdEvidence.Change Cpu(double change) => new(MetricId.Cpu, new Interval(change, change - 0.01, change + 0.01, 0.95));
}
