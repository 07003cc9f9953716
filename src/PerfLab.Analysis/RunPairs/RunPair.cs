namespace PerfLab.Analysis.RunPairs;

/// <summary>Two runs side by side.</summary>
public sealed record RunPair
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
    public required IReadOnlyList<MetricPair> Overheads { get; init; }

    /// <summary>Gets the arms that both have, the baseline among them: their values. Empty for different machines.</summary>
    public required IReadOnlyList<MetricPair> Values { get; init; }
}
