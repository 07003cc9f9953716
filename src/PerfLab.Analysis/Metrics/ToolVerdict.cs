using PerfLab.Experiments;
using PerfLab.Experiments.Generators;

namespace PerfLab.Analysis.Metrics;

/// <summary>
/// What may be said of response times that a load tool measured. One that waits for a slow response before it sends the next request
/// decides nothing about them, and none decides about a difference that its output cannot show.
/// </summary>
internal static class ToolVerdict
{
    /// <summary>Takes away what the tool does not allow.</summary>
    /// <param name="comparison">A comparison of an arm with the baseline.</param>
    /// <param name="generator">The tool; null for PerfLab's own engine.</param>
    internal static MetricComparison Apply(MetricComparison comparison, GeneratorDefinition? generator) => generator switch
    {
        null => comparison,
        _ when !MetricCatalog.IsResponseTime(comparison.Metric) || MetricCatalog.Get(comparison.Metric).NeedsCompletion || comparison.Ratio is null => comparison,
        { JudgesResponseTime: false } => Undecided(comparison, UndecidedReason.NotFromIntendedStart),
        { Contract.ResolutionSeconds: var resolution } when IsBelow(comparison, resolution) => Undecided(comparison, UndecidedReason.BelowResolution),
        _ => comparison,
    };

    /// <summary>Whether a metric of two runs may be set side by side: a response time only where the same made the load, and judges it.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="first">The tool of one run; null for PerfLab's own engine.</param>
    /// <param name="second">The tool of the other.</param>
    internal static bool AreComparable(MetricId metric, GeneratorDefinition? first, GeneratorDefinition? second) =>
        !MetricCatalog.IsResponseTime(metric) || (first?.Tool == second?.Tool && first?.Loop == second?.Loop && first is not { JudgesResponseTime: false });

    // Same says that there is no difference as large as the practical threshold.
    private static bool IsBelow(MetricComparison comparison, double resolutionSeconds) => comparison.Verdict == Verdict.Same
        ? comparison.PracticalThreshold * comparison.Baseline < resolutionSeconds
        : Math.Abs(comparison.Difference?.Estimate ?? 0) < resolutionSeconds;

    private static MetricComparison Undecided(MetricComparison comparison, UndecidedReason reason) => comparison with
    {
        Verdict = reason == UndecidedReason.NotFromIntendedStart ? Verdict.Invalid : Verdict.Inconclusive,
        Undecided = new UndecidedVerdict(reason, Comparisons: 1, comparison.Samples.Count, comparison.Samples.Count),
    };
}
