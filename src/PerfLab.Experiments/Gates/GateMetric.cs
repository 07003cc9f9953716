namespace PerfLab.Experiments.Gates;

/// <summary>What is asked of one metric, and what follows from the answer.</summary>
public sealed record GateMetric
{
    /// <summary>Gets the metric; one that is compared by ratio.</summary>
    public required MetricId Metric { get; init; }

    /// <summary>Gets the largest increase that does not matter, as a ratio.</summary>
    public required double Threshold { get; init; }

    /// <summary>Gets what a proven increase beyond the threshold does.</summary>
    public required GateAction WhenRegressed { get; init; }

    /// <summary>Gets what an answer does that the data do not decide.</summary>
    public required GateAction WhenUndecided { get; init; }

    /// <summary>Gets what a metric does that could not be judged: not measured, of an arm that is missing, of a run that is not trusted.</summary>
    public required GateAction WhenMissing { get; init; }
}

/// <summary>What an outcome does.</summary>
public enum GateAction
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>It is reported.</summary>
    Warn = 1,

    /// <summary>It is reported, and the gate ends with 99.</summary>
    Block = 2,
}
