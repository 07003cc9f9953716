namespace PerfLab.Load;

/// <summary>How a run is doing: totals since its beginning and what happened since the report before.</summary>
public sealed record LoadProgress
{
    /// <summary>Gets the time since the beginning of the run.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Gets the starts whose time has come.</summary>
    public required long OfferedCount { get; init; }

    /// <summary>Gets the requests begun.</summary>
    public required long StartedCount { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long AnsweredCount { get; init; }

    /// <summary>Gets the starts given up because too many requests were in flight.</summary>
    public required long DroppedCount { get; init; }

    /// <summary>Gets the errors of all kinds.</summary>
    public required long ErrorCount { get; init; }

    /// <summary>Gets the requests begun and not ended.</summary>
    public required int InFlightCount { get; init; }

    /// <summary>Gets the time since the report before.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Gets the answers since the report before.</summary>
    public required long WindowAnsweredCount { get; init; }

    /// <summary>Gets the median response time since the report before, to two digits; null without an answer.</summary>
    public required double? WindowP50Seconds { get; init; }

    /// <summary>Gets the 99th percentile of the response time since the report before, to two digits; null without an answer.</summary>
    public required double? WindowP99Seconds { get; init; }

    /// <summary>Gets the longest response time since the report before; null without an answer.</summary>
    public required double? WindowMaxSeconds { get; init; }
}
