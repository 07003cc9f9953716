using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// What is done after the measured rounds of a launch set to find out what the arms let one see: load with requests that fail
/// and requests that are slow, and a burst of them at a known moment.
/// </summary>
public sealed record TraceRetentionDefinition
{
    /// <summary>Gets the requests per second to each arm; all arms get them at the same time.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Gets the calm time before the burst.</summary>
    public required double BeforeSeconds { get; init; }

    /// <summary>Gets the length of the burst.</summary>
    public required double BurstSeconds { get; init; }

    /// <summary>Gets the calm time after the burst.</summary>
    public required double AfterSeconds { get; init; }

    /// <summary>Gets how long spans are waited for after the last request.</summary>
    public required double SettleSeconds { get; init; }

    /// <summary>Gets the requests mixed among those of the target.</summary>
    public required IReadOnlyList<RetentionRequest> Requests { get; init; }

    /// <summary>Gets the response time from which a request is slow.</summary>
    public required double SlowerThanSeconds { get; init; }

    /// <summary>Gets the attribute in which a service records the User-Agent of a request, which carries the request's number.</summary>
    public required string Attribute { get; init; }

    /// <summary>Gets the services that a complete trace has spans of; empty where the arm that keeps most traces shall say.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>Gets the rules by which an alert fires.</summary>
    public required AlertDefinition Alerts { get; init; }

    /// <summary>Gets the time under load.</summary>
    [JsonIgnore]
    public double LoadSeconds => BeforeSeconds + BurstSeconds + AfterSeconds;

    /// <summary>Gets the time that all of it adds to a launch set.</summary>
    [JsonIgnore]
    public double TotalSeconds => LoadSeconds + SettleSeconds;

    /// <summary>Returns whether a moment lies in the burst.</summary>
    /// <param name="seconds">Seconds from the beginning of the window.</param>
    public bool IsInBurst(double seconds) => seconds >= BeforeSeconds && seconds < BeforeSeconds + BurstSeconds;
}

/// <summary>A kind of request mixed among the target's to see whether its traces are kept.</summary>
/// <param name="Request">The request; one that expects a status of 400 or above is meant to fail.</param>
/// <param name="Share">Its share of all requests outside the burst.</param>
/// <param name="BurstShare">Its share of all requests in the burst.</param>
public sealed record RetentionRequest(RequestDefinition Request, double Share, double BurstShare);

/// <summary>Alert rules over the traces that are kept, as a back end sees them: nothing is weighted by the sampling rate.</summary>
/// <param name="WindowSeconds">The sliding window, by when a trace could be seen.</param>
/// <param name="ErrorRatio">The share of traces with an error from which the one alert fires.</param>
/// <param name="SlowRatio">The share of slow traces from which the other fires.</param>
/// <param name="AtLeast">Fewer traces than this in the window fire nothing.</param>
public sealed record AlertDefinition(double WindowSeconds, double ErrorRatio, double SlowRatio, int AtLeast);
