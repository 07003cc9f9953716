using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Readings;

/// <summary>A reading with the target's own account of its spans.</summary>
/// <param name="Reading">The counters, exact, with memory.</param>
/// <param name="SpansStarted">Spans started so far by sampling result; null when the target does not count them.</param>
internal sealed record FullReading(Reading Reading, IReadOnlyDictionary<string, long>? SpansStarted);
