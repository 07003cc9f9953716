namespace PerfLab.Experiments.Generators;

/// <summary>What a tool says of one window.</summary>
public sealed record GeneratorOutput
{
    /// <summary>The kind of a response with a status that does not count as an answer.</summary>
    public const string UnexpectedStatus = "unexpected_status";

    /// <summary>The kind of a request that got no response, or that the tool counts as failed without saying why.</summary>
    public const string Failed = "failed";

    /// <summary>Gets the requests sent of which the outcome is known.</summary>
    public required long RequestCount { get; init; }

    /// <summary>Gets those among them that failed, by kind in snake case; kinds that did not occur are absent.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Gets the requests that were due and not sent.</summary>
    public long DroppedCount { get; init; }

    /// <summary>Gets the percentiles that it reports, ascending; empty where it reports each response time.</summary>
    public IReadOnlyList<ReportedPercentile> Percentiles { get; init; } = [];

    /// <summary>Gets the response times of answered requests in seconds; empty where it reports percentiles.</summary>
    public IReadOnlyList<double> LatencySeconds { get; init; } = [];

    /// <summary>Gets the requests that were answered as expected.</summary>
    public long AnsweredCount => RequestCount - Errors.Values.Sum();

    /// <summary>Makes the errors by kind without those that did not occur.</summary>
    /// <param name="errors">Kinds and counts; counts of one kind are added up.</param>
    public static IReadOnlyDictionary<string, long> ErrorsOf(params IEnumerable<(string Kind, long Count)> errors) => new SortedDictionary<string, long>(
        errors.GroupBy(error => error.Kind, StringComparer.Ordinal).Where(kind => kind.Sum(error => error.Count) > 0)
            .ToDictionary(kind => kind.Key, kind => kind.Sum(error => error.Count), StringComparer.Ordinal),
        StringComparer.Ordinal);
}

/// <summary>A percentile of response times as a tool reports it, of one window alone: percentiles of several windows cannot be merged.</summary>
/// <param name="Percentile">0 to 100.</param>
/// <param name="Seconds">Duration that this share of the response times does not exceed.</param>
public sealed record ReportedPercentile(double Percentile, double Seconds);

/// <summary>The part of a slice that only a slice of a load tool has.</summary>
/// <param name="RequestedPerSecond">The rate that the tool was told to send; null where it decides itself.</param>
/// <param name="Percentiles">The percentiles that it reported; empty where its response times were merged.</param>
/// <param name="FailureCode">Why the window has no numbers, in kebab case; null where it has.</param>
public sealed record GeneratorWindow(double? RequestedPerSecond, IReadOnlyList<ReportedPercentile> Percentiles, string? FailureCode = null);
