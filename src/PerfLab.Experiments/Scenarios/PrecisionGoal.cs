using PerfLab.Experiments.Metrics;

namespace PerfLab.Experiments.Scenarios;

/// <summary>How small a change of a metric a run shall be able to find.</summary>
/// <param name="Metric">A metric that is compared by ratio.</param>
/// <param name="Ratio">The smallest change to find four times in five; 0.01 is 1 %.</param>
public sealed record PrecisionGoal(MetricId Metric, double Ratio);
