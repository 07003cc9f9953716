using NBomber.Contracts.Stats;

namespace ShopLoad;

/// <summary>A line of <see cref="JsonLinesSink"/>: what a scenario did in a window.</summary>
internal sealed record StatisticsLine
{
    private const double Millisecond = 1e-3;

    /// <summary>Gets <c>interval</c> or <c>total</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the begin of the window.</summary>
    public required DateTimeOffset BeginUtc { get; init; }

    /// <summary>Gets the end of the window; responses to what was sent before it may have come later.</summary>
    public required DateTimeOffset EndUtc { get; init; }

    /// <summary>Gets the length of the window.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Gets the requests whose outcome is known.</summary>
    public required int RequestCount { get; init; }

    /// <summary>Gets those that succeeded.</summary>
    public required int OkCount { get; init; }

    /// <summary>Gets those that failed.</summary>
    public required int FailedCount { get; init; }

    /// <summary>Gets the requests by status; NBomber's own statuses are -100 (timed out) and -101 (an exception).</summary>
    public required IReadOnlyDictionary<string, int> Statuses { get; init; }

    /// <summary>Gets the shortest and longest response times of successful requests and the percentiles that NBomber has: min, p50, p75, p95, p99, max.</summary>
    public required IReadOnlyDictionary<string, double> ResponseTimeSeconds { get; init; }

    /// <summary>Makes a line.</summary>
    public static StatisticsLine Of(string kind, ScenarioStats scenario, DateTimeOffset begin, DateTimeOffset end) => new()
    {
        Kind = kind,
        Scenario = scenario.ScenarioName,
        BeginUtc = begin,
        EndUtc = end,
        DurationSeconds = (end - begin).TotalSeconds,
        RequestCount = scenario.Ok.Request.Count + scenario.Fail.Request.Count,
        OkCount = scenario.Ok.Request.Count,
        FailedCount = scenario.Fail.Request.Count,
        Statuses = new SortedDictionary<string, int>(
            scenario.Ok.StatusCodes.Concat(scenario.Fail.StatusCodes).GroupBy(status => status.StatusCode, StringComparer.Ordinal).ToDictionary(status => status.Key, status => status.Sum(each => each.Count), StringComparer.Ordinal),
            StringComparer.Ordinal),
        ResponseTimeSeconds = TimesOf(scenario.Ok.Latency),
    };

    private static Dictionary<string, double> TimesOf(LatencyStats latency) => new(StringComparer.Ordinal)
    {
        ["min"] = Millisecond * latency.MinMs,
        ["p50"] = Millisecond * latency.Percent50,
        ["p75"] = Millisecond * latency.Percent75,
        ["p95"] = Millisecond * latency.Percent95,
        ["p99"] = Millisecond * latency.Percent99,
        ["max"] = Millisecond * latency.MaxMs,
    };
}
