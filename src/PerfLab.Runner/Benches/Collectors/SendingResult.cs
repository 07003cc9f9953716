namespace PerfLab.Runner.Benches.Collectors;

/// <summary>What a sender did.</summary>
/// <param name="Requests">Requests answered as taken.</param>
/// <param name="Spans">Spans in them.</param>
/// <param name="Failed">Requests answered otherwise, or not at all.</param>
/// <param name="Seconds">Time from the first send to the last answer.</param>
internal sealed record SendingResult(long Requests, long Spans, long Failed, double Seconds);
