using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Plans;

/// <summary>What the pilot saw.</summary>
/// <param name="CapacityPerSecond">Requests per second of each arm by name, closed loop.</param>
/// <param name="SlowestArm">The arm whose capacity the rate follows.</param>
/// <param name="CapacityShare">The share of that capacity which the rate should have.</param>
/// <param name="DurationSeconds">How long the pilot took.</param>
public sealed record PilotResult(
    IReadOnlyDictionary<string, double> CapacityPerSecond,
    string SlowestArm,
    double CapacityShare,
    double DurationSeconds)
{
    /// <summary>Gets what open loop showed at the rate that the plan has; null where it was not tried.</summary>
    public OpenLoopTrial? OpenLoop { get; init; }

    /// <summary>
    /// Gets the trial from which the open-loop capacity follows; null where no load levels are asked for, and where the CPU time of an
    /// arm could not be read.
    /// </summary>
    public OpenLoopTrial? AtCapacity { get; init; }

    /// <summary>
    /// Gets the rate, in requests per second, at which the busiest arm has no processor time left; the closed-loop capacity of the slowest
    /// arm where that was not measured.
    /// </summary>
    [JsonIgnore]
    public double OpenLoopCapacityPerSecond => AtCapacity is { } trial ? trial.RatePerSecond / trial.BusyShare : CapacityPerSecond[SlowestArm];

    /// <summary>Gets the share of the slowest arm's capacity, requests per second.</summary>
    [JsonIgnore]
    public double SharePerSecond => CapacityShare * CapacityPerSecond[SlowestArm];

    /// <summary>Gets a value indicating whether the rate is lower than the share of the capacity, because that would have kept an arm's processors too busy.</summary>
    [JsonIgnore]
    public bool IsLowered => OpenLoop is { } trial && trial.RatePerSecond < SharePerSecond;

    /// <summary>Finds the slowest arm.</summary>
    /// <param name="capacityPerSecond">Requests per second of each arm by name, closed loop; positive.</param>
    /// <param name="capacityShare">The share of the slowest arm's capacity to run at.</param>
    /// <param name="durationSeconds">How long the pilot took.</param>
    /// <exception cref="ArgumentException">There is no arm, or one answered nothing.</exception>
    public static PilotResult From(IReadOnlyDictionary<string, double> capacityPerSecond, double capacityShare, double durationSeconds)
    {
        if (capacityPerSecond.Count == 0)
        {
            throw new ArgumentException("The pilot measured no arm. Give the capacity of every variant.", nameof(capacityPerSecond));
        }

        var (slowest, capacity) = capacityPerSecond.MinBy(arm => arm.Value);
        return double.IsFinite(capacity) && capacity > 0
            ? new PilotResult(capacityPerSecond, slowest, capacityShare, durationSeconds)
            : throw new ArgumentException($"The capacity of arm {slowest} is {capacity} requests/s in the pilot. See the log of its target: it answered nothing.", nameof(capacityPerSecond));
    }
}

/// <summary>What the pilot saw in open loop at the rate that it settled on.</summary>
/// <param name="BusiestArm">The arm that kept its processors busiest.</param>
/// <param name="RatePerSecond">Requests per second.</param>
/// <param name="BusyShare">CPU time of that arm as a share of what its processors have; above 1 where work had to wait.</param>
public sealed record OpenLoopTrial(string BusiestArm, double RatePerSecond, double BusyShare)
{
    /// <summary>Gets the share that the scenario allows (<c>load.busy_share</c>); null in plans that do not say.</summary>
    public double? AllowedBusyShare { get; init; }
}
