using System.Text.Json.Serialization;
using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Plans;

/// <summary>A scenario with every choice made: what <c>plan.json</c> holds and the runner carries out.</summary>
public sealed record Plan
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets the scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the scenario's question.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the service under test.</summary>
    public required TargetDefinition Target { get; init; }

    /// <summary>Gets the arms: baseline first, its control second, then the variants in file order.</summary>
    public required IReadOnlyList<PlannedArm> Arms { get; init; }

    /// <summary>Gets the rate of each slice in requests per second.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Gets what the pilot saw, or null when the scenario fixed the rate.</summary>
    public required PilotResult? Pilot { get; init; }

    /// <summary>Gets the further loads of a launch set, ascending; empty where there is one load.</summary>
    public IReadOnlyList<LoadLevel> Levels { get; init; } = [];

    /// <summary>Gets the closed loop that a launch set ends with; null where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClosedLoopLevel? ClosedLoop { get; init; }

    /// <summary>Gets how starts are spread over time.</summary>
    public required ArrivalProcess Arrivals { get; init; }

    /// <summary>Gets the bound on requests in flight to one arm.</summary>
    public required int MaxInFlight { get; init; }

    /// <summary>Gets the load tool that measures; null, and absent in the file, where PerfLab's own engine does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GeneratorDefinition? Generator { get; init; }

    /// <summary>Gets the number of valid launch sets wanted.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>
    /// Gets the numbers of valid launch sets at which the run is looked at and ends if everything is decided, the planned number
    /// last; empty in a plan that is looked at once, at its end.
    /// </summary>
    public IReadOnlyList<int> Looks { get; init; } = [];

    /// <summary>Gets the number of launch sets that the budget was estimated to hold; null in plans that do not say.</summary>
    public int? AffordableLaunchSets { get; init; }

    /// <summary>Gets why there are so many; null where the scenario gives the number.</summary>
    public PlanSizing? Sizing { get; init; }

    /// <summary>
    /// Gets the number of rounds of a launch set: at least so many that the measured window holds two batch delays of the SDK, and
    /// fewer than stated where the budget would not hold the launch sets that a verdict takes.
    /// </summary>
    public required int Rounds { get; init; }

    /// <summary>Gets the rounds that the scenario states; null in plans that do not say.</summary>
    public int? StatedRounds { get; init; }

    /// <summary>Gets the length of a slice.</summary>
    public required double SliceSeconds { get; init; }

    /// <summary>Gets the least warm-up of an arm.</summary>
    public required double WarmUpSeconds { get; init; }

    /// <summary>Gets the longest warm-up of an arm.</summary>
    public required double WarmUpLimitSeconds { get; init; }

    /// <summary>Gets the wall-clock time allowed for the run.</summary>
    public required double BudgetSeconds { get; init; }

    /// <summary>Gets the runtime knobs of the targets.</summary>
    public required RuntimeProfile Runtime { get; init; }

    /// <summary>Gets which cores do what, or null where the platform cannot place processes.</summary>
    public required Placement? Placement { get; init; }

    /// <summary>Gets the seed of schedules, request order and round order.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets how the run finds out what the arms let one see; null where the scenario does not ask.</summary>
    public TraceRetentionDefinition? Visibility { get; init; }

    /// <summary>Gets what the arms may cost and what must be seen, and the traffic and prices of a month; null where the scenario says nothing of them.</summary>
    public DecisionDefinition? Decision { get; init; }

    /// <summary>Gets the practical threshold of every metric of the catalogue, as a ratio.</summary>
    public required IReadOnlyDictionary<MetricId, double> PracticalThresholds { get; init; }

    /// <summary>Gets the conditions that the run must meet, as written; none in a plan that was made before there were any.</summary>
    public IReadOnlyList<string> Thresholds { get; init; } = [];
}

/// <summary>A load at which a launch set measures all arms once more, after the measured window that costs are taken from.</summary>
/// <param name="CapacityShare">Its share of the open-loop capacity.</param>
/// <param name="RatePerSecond">Requests per second in each slice.</param>
/// <param name="Rounds">Rounds of the level.</param>
public sealed record LoadLevel(double CapacityShare, double RatePerSecond, int Rounds);

/// <summary>Why a plan has as many launch sets as it has, where a scenario states a precision.</summary>
/// <param name="Source">Where the spread comes from, in words: in a plan of an earlier version; else null.</param>
/// <param name="AffordableLaunchSets">Launch sets that fit the budget.</param>
/// <param name="Goals">What the run shall be able to find.</param>
public sealed record PlanSizing(string? Source, int AffordableLaunchSets, IReadOnlyList<SizingGoal> Goals)
{
    /// <summary>Gets the run whose noise profile says how far metrics spread; null where there was none.</summary>
    public string? NoiseProfileRunId { get; init; }

    /// <summary>Gets the number of launch sets of this run that say it instead; null where a noise profile does.</summary>
    public int? PilotLaunchSets { get; init; }

    /// <summary>Gets a value indicating whether the planned launch sets find all that the scenario wants to find.</summary>
    public bool IsReached => Goals.All(goal => goal.DetectableRatio <= goal.WantedRatio);
}

/// <summary>What a precision takes for one metric.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="WantedRatio">The smallest change that shall be found four times in five.</param>
/// <param name="SpreadRatio">Standard deviation of the log ratio of two arms from launch set to launch set; null where not known.</param>
/// <param name="NeededLaunchSets">Launch sets that it takes; null where not known or more than 1,000.</param>
/// <param name="DetectableRatio">The change that the planned launch sets find; null where not known.</param>
public sealed record SizingGoal(
    MetricId Metric,
    double WantedRatio,
    double? SpreadRatio,
    int? NeededLaunchSets,
    double? DetectableRatio);

/// <summary>Which logical processors do what.</summary>
/// <param name="TargetCores">Processors of the targets.</param>
/// <param name="LabCores">Processors of the load generator and the collector.</param>
public sealed record Placement(IReadOnlyList<int> TargetCores, IReadOnlyList<int> LabCores);
