namespace PerfLab.Collector.Visibility;

/// <summary>How the spans that are kept are watched.</summary>
public sealed record SpanWatchOptions
{
    /// <summary>Gets the attribute that names the request which a span belongs to; on the first span of a service usually.</summary>
    public required string Attribute { get; init; }

    /// <summary>Gets what stands before the request's number in that attribute's text.</summary>
    public required string Prefix { get; init; }

    /// <summary>Gets the most spans that are written down, 1 or more; others are counted as lost. Default 1,000,000.</summary>
    public int MaxSpans { get; init; } = 1_000_000;
}
