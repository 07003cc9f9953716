using PerfLab.Analysis.Gates;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;

namespace PerfLab.Reporting.Gates;

/// <summary>A night in the XML of JUnit: a case for each metric of each arm.</summary>
public static class GateJUnit
{
    /// <summary>Writes the cases for build servers: what is undecided, and what could not be judged without blocking, is skipped with its reason.</summary>
    public static string Of(GateNight night) => new JUnitDocument(
        "perflab nightly",
        night.DurationSeconds,
        [.. night.Result.Metrics.Select(metric => new JUnitCase($"{night.Policy.Name}.{metric.Arm}", MetricCatalog.Get(metric.Metric).Key, OutcomeOf(metric), GateWording.Sentence(metric)))]).Write();

    private static JUnitOutcome OutcomeOf(GateMetricResult metric) => metric switch
    {
        { Blocks: true } => JUnitOutcome.Failed,
        { Outcome: GateOutcome.Passed or GateOutcome.Improved } => JUnitOutcome.Passed,
        _ => JUnitOutcome.Skipped,
    };
}
