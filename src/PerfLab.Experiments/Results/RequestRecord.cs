namespace PerfLab.Experiments.Results;

/// <summary>What became of the requests of one name: offered = answered + errors + dropped.</summary>
public sealed record RequestRecord
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the starts that were due.</summary>
    public required long Offered { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long Answered { get; init; }

    /// <summary>Gets the requests begun and not answered as expected.</summary>
    public required long Errors { get; init; }

    /// <summary>Gets the errors by kind; kinds that did not occur are absent, and so are all in files that did not tell them apart.</summary>
    public IReadOnlyDictionary<string, long> ErrorsByKind { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Gets the starts given up because too many requests were in flight.</summary>
    public required long Dropped { get; init; }

    /// <summary>Gets the answers within the window per second of the window; null for an arm of a scenario, whose plan fixes the rate.</summary>
    public required double? AnsweredPerSecond { get; init; }

    /// <summary>Gets the time from the intended start to the complete answer; null without an answer.</summary>
    public required LatencySummary? ResponseTime { get; init; }
}
