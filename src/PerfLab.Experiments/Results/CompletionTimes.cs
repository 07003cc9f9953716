namespace PerfLab.Experiments.Results;

/// <summary>What an arm told of work that goes on after the answer: the time from the request to its end, over the measured window.</summary>
/// <param name="Count">Pieces of work that came to their end, those of voided rounds among them.</param>
/// <param name="P50Seconds">Half took no longer; null when there is none.</param>
/// <param name="P90Seconds">Nine in ten took no longer; null when there is none.</param>
/// <param name="P99Seconds">99 in 100 took no longer; null when there is none.</param>
/// <param name="LongestSeconds">The longest; null when there is none.</param>
public sealed record CompletionTimes(long Count, double? P50Seconds, double? P90Seconds, double? P99Seconds, double? LongestSeconds);
