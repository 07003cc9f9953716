using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Inspections;

/// <summary>A service as its user describes it, before anything is known about it.</summary>
/// <param name="Name">What its scenario shall be called.</param>
/// <param name="Process">Its process as the user starts it, braces that are no placeholders doubled; how it takes its port is not known yet.</param>
/// <param name="Requests">At least one.</param>
public sealed record ServiceDescription(string Name, TargetProcess Process, IReadOnlyList<RequestDefinition> Requests)
{
    /// <summary>Gets the folder to which relative paths of the command belong.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>Gets the port at which the user reaches it.</summary>
    public required int Port { get; init; }

    /// <summary>Gets the rate that it has in production; null where the user does not say.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Gets how it is logged in to; null where it is not.</summary>
    public LoginDefinition? Login { get; init; }

    /// <summary>
    /// Gets a value indicating whether the requests are all that a document has, and not those that the user chose: what does not
    /// work is left out.
    /// </summary>
    public bool IsFromDocument { get; init; }

    /// <summary>Makes a scenario that starts the service, for trials: its load and its design are not those of a run.</summary>
    /// <param name="process">The process with its port handling.</param>
    /// <param name="variants">The arms, the baseline first.</param>
    public Scenario ToScenario(TargetProcess process, IReadOnlyList<Variant> variants)
    {
        ArgumentNullException.ThrowIfNull(variants);
        return new Scenario
        {
            Name = Name,
            Question = Name,
            Target = new TargetDefinition([process], Requests) { BaseFolder = BaseFolder, Login = Login },
            Load = new LoadDefinition { RatePerSecond = 1, CapacityShare = InspectionDesign.CapacityShare, Arrivals = ArrivalProcess.Poisson, MaxInFlight = 256 },
            Design = InspectionDesign.Trial,
            Variants = variants,
            Baseline = variants[0].Name,
            PracticalThresholds = new Dictionary<MetricId, double>(),
            Thresholds = [],
        };
    }
}

/// <summary>How a service is tried.</summary>
public static class InspectionDesign
{
    /// <summary>
    /// The share of the slowest arm's capacity that a scenario for an unknown service gets. A closed loop finds more than an open
    /// loop can bear, and neighbors come and go.
    /// </summary>
    public const double CapacityShare = 0.3;

    /// <summary>Gets the design of the capacity trial: warmed up for a shorter time than a run, which finds a capacity that is too low rather than too high.</summary>
    public static DesignDefinition Trial { get; } = new()
    {
        LaunchSets = 6,
        Precision = [],
        Rounds = 10,
        Slice = TimeSpan.FromMilliseconds(100),
        WarmUp = TimeSpan.FromSeconds(1),
        WarmUpLimit = TimeSpan.FromSeconds(4),
        Budget = TimeSpan.FromMinutes(10),
        Runtime = RuntimeProfile.Lab,
        Seed = 20260101,
    };
}
