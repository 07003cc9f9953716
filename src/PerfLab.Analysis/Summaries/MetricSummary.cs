using PerfLab.Experiments.Metrics;

namespace PerfLab.Analysis.Summaries;

/// <summary>One metric of one arm in <c>summary.json</c>. Null is not measured, or not asked of this arm.</summary>
public sealed record MetricSummary
{
    /// <summary>Gets the key in the metric catalogue, for example <c>cpu</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Gets the unit of value, baseline and difference.</summary>
    public required MetricUnit Unit { get; init; }

    /// <summary>Gets the number of launch sets that measured it.</summary>
    public required int N { get; init; }

    /// <summary>Gets the median over launch sets.</summary>
    public required double? Value { get; init; }

    /// <summary>Gets the baseline's median over launch sets.</summary>
    public required double? Baseline { get; init; }

    /// <summary>Gets the relative change; 0.09 is +9 %.</summary>
    public required Interval? Ratio { get; init; }

    /// <summary>Gets the absolute change.</summary>
    public required Interval? Difference { get; init; }

    /// <summary>Gets the verdict against the practical threshold.</summary>
    public required Verdict? Verdict { get; init; }

    /// <summary>Gets the practical threshold as a ratio.</summary>
    public required double PracticalThreshold { get; init; }

    /// <summary>Gets the smallest relative change that this design finds with 80 % power.</summary>
    public required double? DetectableEffect { get; init; }

    /// <summary>Gets why there is no value or verdict, or why it is not decided; null otherwise.</summary>
    public required string? Reason { get; init; }

    internal static MetricSummary From(MetricComparison comparison)
    {
        var definition = MetricCatalogue.Get(comparison.Metric);
        return new MetricSummary
        {
            Metric = definition.Key,
            Unit = definition.Unit,
            N = comparison.Samples.Count(sample => sample is not null),
            Value = comparison.Value,
            Baseline = comparison.Baseline,
            Ratio = comparison.Ratio,
            Difference = comparison.Difference,
            Verdict = comparison.Verdict,
            PracticalThreshold = comparison.PracticalThreshold,
            DetectableEffect = comparison.DetectableEffect,
            Reason = comparison.NotMeasuredBecause ?? comparison.UndecidedBecause,
        };
    }
}
