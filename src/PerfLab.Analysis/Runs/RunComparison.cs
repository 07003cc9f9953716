using PerfLab.Experiments;

namespace PerfLab.Analysis.Runs;

/// <summary>Two runs side by side.</summary>
public sealed record RunComparison
{
    /// <summary>Gets the first run's name.</summary>
    public required string First { get; init; }

    /// <summary>Gets the second run's name.</summary>
    public required string Second { get; init; }

    /// <summary>Gets in which ways the machines differ; where they do, absolute numbers are not compared.</summary>
    public required IReadOnlyList<string> MachineDifferences { get; init; }

    /// <summary>Gets in which settings the runs differ, a sentence each.</summary>
    public required IReadOnlyList<string> SettingDifferences { get; init; }

    /// <summary>Gets what else makes the comparison doubtful, a sentence each.</summary>
    public required IReadOnlyList<string> Cautions { get; init; }

    /// <summary>Gets the arms that both have: their changes against the baseline of their own run.</summary>
    public required IReadOnlyList<MetricChange> Overheads { get; init; }

    /// <summary>Gets the arms that both have, the baseline among them: their values. Empty for different machines.</summary>
    public required IReadOnlyList<MetricChange> Values { get; init; }
}

/// <summary>One metric of one arm in two runs.</summary>
public sealed record MetricChange
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
