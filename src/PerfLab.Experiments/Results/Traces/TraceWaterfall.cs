namespace PerfLab.Experiments.Results.Traces;

/// <summary>One trace, span by span.</summary>
/// <param name="TraceId">Its id, 32 hexadecimal digits.</param>
/// <param name="DurationSeconds">Duration of the root span.</param>
/// <param name="Spans">The spans, parents before their children, the root first.</param>
/// <param name="LeftOutCount">Spans beyond the bound.</param>
public sealed record TraceWaterfall(string TraceId, double DurationSeconds, IReadOnlyList<WaterfallSpan> Spans, int LeftOutCount);
