namespace PerfLab.Collector.Visibility;

/// <summary>What was kept of an arm while it was watched.</summary>
/// <param name="Spans">The spans in the order in which they could be seen.</param>
/// <param name="LostCount">Spans that there was no room to write down.</param>
public sealed record WatchedSpans(IReadOnlyList<KeptSpan> Spans, long LostCount);
