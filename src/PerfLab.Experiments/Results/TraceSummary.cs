namespace PerfLab.Experiments.Results;

/// <summary>What the spans that an arm exported in a launch set say, looked at when it had ended. Of values only times are kept.</summary>
public sealed record TraceSummary
{
    /// <summary>Gets the spans that were looked at: those of the measured window's first exports, up to a bound.</summary>
    public required long SpanCount { get; init; }

    /// <summary>Gets the exports that found no room any more and were not looked at.</summary>
    public required long MissedExportCount { get; init; }

    /// <summary>Gets where personal data was found, the most frequent first.</summary>
    public required IReadOnlyList<PersonalDataLocation> PersonalData { get; init; }

    /// <summary>Gets how many more times it was found in places beyond the bound.</summary>
    public required long PersonalDataElsewhereCount { get; init; }

    /// <summary>Gets who called whom.</summary>
    public required IReadOnlyList<ServiceEdge> Edges { get; init; }

    /// <summary>Gets the slowest whole request; null where no root span was seen.</summary>
    public required TraceWaterfall? Slowest { get; init; }
}

/// <summary>A place in which personal data was found, never the data.</summary>
/// <param name="Service">Whose span.</param>
/// <param name="Span">The span's name, with what looks personal in it replaced.</param>
/// <param name="Part">The part of the span: <c>attribute</c>, <c>event</c>, <c>event attribute</c>, <c>span name</c>, <c>status</c> or <c>resource</c>.</param>
/// <param name="Key">The attribute's key, or the event's name; empty where the part has none. What looks personal in it is replaced.</param>
/// <param name="Kind">What it looks like: <c>e-mail address</c>, <c>card number</c>, <c>bearer token</c> or the name of a configured pattern.</param>
/// <param name="Count">How many values there held it.</param>
public sealed record PersonalDataLocation(string Service, string Span, string Part, string Key, string Kind, long Count);

/// <summary>Calls from one service to another, or to something that exports no spans itself.</summary>
/// <param name="From">Who called; <c>(client)</c> for requests from outside.</param>
/// <param name="To">Who was called.</param>
/// <param name="Calls">How often.</param>
/// <param name="Errors">Calls whose span has the status error.</param>
/// <param name="MedianSeconds">Median duration of the called side's span, or of the caller's where the called side exports none.</param>
/// <param name="P99Seconds">The 99th percentile of the same; null where no launch set has enough calls for it.</param>
public sealed record ServiceEdge(string From, string To, long Calls, long Errors, double MedianSeconds, double? P99Seconds);

/// <summary>One trace, span by span.</summary>
/// <param name="TraceId">Its id, 32 hexadecimal digits.</param>
/// <param name="DurationSeconds">Duration of the root span.</param>
/// <param name="Spans">The spans, parents before their children, the root first.</param>
/// <param name="LeftOutCount">Spans beyond the bound.</param>
public sealed record TraceWaterfall(string TraceId, double DurationSeconds, IReadOnlyList<WaterfallSpan> Spans, int LeftOutCount);

/// <summary>One span of a waterfall.</summary>
/// <param name="Service">Whose it is.</param>
/// <param name="Name">Its name, with what looks personal in it replaced.</param>
/// <param name="Depth">How many ancestors it has here.</param>
/// <param name="StartSeconds">Its start, from the root's; below 0 where the clocks of two machines differ.</param>
/// <param name="DurationSeconds">Its duration.</param>
/// <param name="IsError">True if its status is error.</param>
public sealed record WaterfallSpan(string Service, string Name, int Depth, double StartSeconds, double DurationSeconds, bool IsError);
