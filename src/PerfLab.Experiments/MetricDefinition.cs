namespace PerfLab.Experiments;

/// <summary>Everything that is said once about a metric. For all of them less is better.</summary>
public sealed record MetricDefinition
{
    /// <summary>Gets the identity.</summary>
    public required MetricId Id { get; init; }

    /// <summary>Gets the key in files and thresholds, for example <c>cpu</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the title in tables, for example <c>CPU per request</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the noun used in sentences, for example <c>CPU per request</c> or <c>p99 latency</c>.</summary>
    public required string InSentence { get; init; }

    /// <summary>Gets the unit in memory and on disk.</summary>
    public required MetricUnit Unit { get; init; }

    /// <summary>Gets the default practical threshold as a ratio of the baseline: a difference inside it does not matter.</summary>
    public required double PracticalThreshold { get; init; }

    /// <summary>Gets a value indicating whether the control must be judged Same for the run to be trusted.</summary>
    public required bool IsPrimary { get; init; }

    /// <summary>
    /// Gets a value indicating whether the baseline may be zero by its nature (nothing exported, no errors); such a metric is
    /// compared by its difference only and gets no verdict.
    /// </summary>
    public required bool IsDifferenceOnly { get; init; }

    /// <summary>Gets a value indicating whether only a target that tells of work after the answer has it.</summary>
    public required bool NeedsCompletion { get; init; }

    /// <summary>Gets a value indicating whether only the runtime counts it, so that a probe in the process must read it.</summary>
    public required bool NeedsProbe { get; init; }
}

/// <summary>The unit of a metric in memory and on disk.</summary>
public enum MetricUnit
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Seconds.</summary>
    Seconds = 1,

    /// <summary>Bytes.</summary>
    Bytes = 2,

    /// <summary>A count.</summary>
    Count = 3,

    /// <summary>A ratio; 0.05 is 5 %.</summary>
    Ratio = 4,
}
