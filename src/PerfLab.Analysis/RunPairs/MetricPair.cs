using PerfLab.Experiments.Metrics;

namespace PerfLab.Analysis.RunPairs;

/// <summary>One metric of one arm in two runs.</summary>
public sealed record MetricPair
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets the metric.</summary>
    public required MetricId Metric { get; init; }

    /// <summary>Gets what the first run says: the change to its own baseline as a ratio, or the value itself in the metric's unit.</summary>
    public required Interval First { get; init; }

    /// <summary>Gets what the second run says.</summary>
    public required Interval Second { get; init; }

    /// <summary>Gets how the second differs from the first, as a ratio: 0.01 where a change of +9 % became one of +10.09 %.</summary>
    public required Interval Change { get; init; }

    /// <summary>Gets the practical threshold of the second run.</summary>
    public required double PracticalThreshold { get; init; }

    /// <summary>Gets the verdict on the change, by its interval; Invalid where one of the runs may decide nothing.</summary>
    public required Verdict Verdict { get; init; }
}
