using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// What is done after the measured rounds of a launch set to find out what the arms let one see: load with requests that fail
/// and requests that are slow, and a burst of them at a known moment.
/// </summary>
public sealed record VisibilityDefinition
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
    public required IReadOnlyList<VisibilityRequest> Requests { get; init; }

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
}
