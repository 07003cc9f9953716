namespace PerfLab.Analysis.Visibility;

/// <summary>A share of what could have been seen, over all launch sets.</summary>
public sealed record SeenShare
{
    /// <summary>Gets how many of them were seen, all launch sets together.</summary>
    public required long Count { get; init; }

    /// <summary>Gets of how many, all launch sets together.</summary>
    public required long Of { get; init; }

    /// <summary>Gets the share of all launch sets together; null where there was nothing to see.</summary>
    public required double? Value { get; init; }

    /// <summary>Gets the Hodges-Lehmann estimate over launch sets with its exact signed-rank interval; null below 6 launch sets.</summary>
    public required Interval? Interval { get; init; }
}
