namespace PerfLab.Experiments.Results.LoadTests;

/// <summary>What became of the requests of a load test. Always: offered = started + dropped, and started = answered + errors.</summary>
public sealed record LoadTestCounts
{
    /// <summary>Gets the starts whose time came; of a closed loop what it started.</summary>
    public required long Offered { get; init; }

    /// <summary>Gets the requests begun.</summary>
    public required long Started { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long Answered { get; init; }

    /// <summary>Gets the answers of them within the measured window; the others came later.</summary>
    public required long AnsweredInWindow { get; init; }

    /// <summary>Gets the starts given up because too many requests were in flight.</summary>
    public required long Dropped { get; init; }

    /// <summary>Gets the requests sent more than 1 ms after their time; null for a closed loop, which has no times.</summary>
    public required long? Late { get; init; }

    /// <summary>Gets the requests begun and not answered as expected.</summary>
    public required long Errors { get; init; }
}
