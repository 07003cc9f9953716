namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// Where a target tells how long work took that goes on after the answer, from the request to its end: GET answers in JSON
/// with <c>count</c>, <c>p50Seconds</c>, <c>p90Seconds</c>, <c>p99Seconds</c> and <c>longestSeconds</c>, DELETE forgets what was so far.
/// </summary>
/// <param name="Process">The process that is asked, one of the target's.</param>
/// <param name="Path">Absolute path, for example <c>/notifications/times</c>.</param>
public sealed record CompletionSource(string Process, string Path);
