namespace PerfLab.Experiments.Results.LoadTests;

/// <summary>What happened in one second of a load test; the last one of a phase may be shorter or longer.</summary>
public sealed record LoadTestSecond
{
    /// <summary>Gets the time from the beginning of the load to the end of this second.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Gets its length.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Gets the starts whose time came.</summary>
    public required long OfferedCount { get; init; }

    /// <summary>Gets the requests begun.</summary>
    public required long StartedCount { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long AnsweredCount { get; init; }

    /// <summary>Gets the starts given up.</summary>
    public required long DroppedCount { get; init; }

    /// <summary>Gets the errors of all kinds.</summary>
    public required long ErrorCount { get; init; }

    /// <summary>Gets the requests begun and not ended at its end.</summary>
    public required int InFlightCount { get; init; }

    /// <summary>Gets the median response time, to two digits; null without an answer.</summary>
    public required double? P50Seconds { get; init; }

    /// <summary>Gets the 99th percentile of the response time, to two digits; null without an answer.</summary>
    public required double? P99Seconds { get; init; }

    /// <summary>Gets the longest response time; null without an answer.</summary>
    public required double? MaxSeconds { get; init; }
}
