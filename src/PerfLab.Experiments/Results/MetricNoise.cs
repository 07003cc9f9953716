using PerfLab.Experiments.Metrics;

namespace PerfLab.Experiments.Results;

/// <summary>What comparisons of identical arms showed for one metric.</summary>
public sealed record MetricNoise
{
    /// <summary>Gets the metric.</summary>
    public required MetricId Metric { get; init; }

    /// <summary>Gets the number of comparisons that have an interval.</summary>
    public required int Comparisons { get; init; }

    /// <summary>Gets how many of them have an interval without zero, which is wrong.</summary>
    public required int FalseAlarms { get; init; }

    /// <summary>Gets the lower bound of the probability of such an alarm, from the exact 95 % binomial interval; null without comparisons.</summary>
    public required double? FalseAlarmRatioLow { get; init; }

    /// <summary>Gets the upper bound.</summary>
    public required double? FalseAlarmRatioHigh { get; init; }

    /// <summary>Gets how many of them would have been judged Slower or Faster: an interval beyond the practical threshold.</summary>
    public required int BeyondThreshold { get; init; }

    /// <summary>Gets the practical threshold as a ratio.</summary>
    public required double PracticalThreshold { get; init; }

    /// <summary>Gets the standard deviation of the log ratio of two identical arms from one launch set to the next; null where not measured.</summary>
    public required double? SpreadRatio { get; init; }

    /// <summary>Gets the degrees of freedom behind it; 0 where not measured.</summary>
    public required int SpreadDegreesOfFreedom { get; init; }

    /// <summary>Gets why there is nothing; null when there is.</summary>
    public required string? NotMeasuredBecause { get; init; }
}
