using System.Globalization;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Plans;

/// <summary>Makes every choice that a scenario leaves open. Pure: the same input gives the same plan.</summary>
public static class PlanBuilder
{
    // A pilot knows capacity to a few percent; more digits would claim more than it saw.
    private const int RateDigits = 3;

    /// <summary>Makes a plan.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="pilot">What the pilot saw; needed exactly where the scenario leaves the rate to it, and ignored otherwise.</param>
    /// <param name="placement">Which cores do what, or null where the platform cannot place processes.</param>
    /// <param name="launchSets">The number of valid launch sets to reach; at least 1, and at least 6 for an interval.</param>
    /// <param name="rounds">The rounds where the budget has no room for those of the design; null takes these.</param>
    /// <exception cref="ArgumentException">The pilot is missing, or it does not know an arm of the scenario.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no launch sets.</exception>
    public static Plan Build(Scenario scenario, PilotResult? pilot, Placement? placement, int launchSets, int? rounds = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(launchSets);
        var arms = Arms(scenario);
        var usedPilot = scenario.Load.RatePerSecond is null ? RequirePilot(pilot, scenario) : null;
        var design = scenario.Design with { Rounds = rounds ?? scenario.Design.Rounds };
        return new Plan
        {
            FormatVersion = Plan.CurrentFormatVersion,
            Scenario = scenario.Name,
            Question = scenario.Question,
            Target = scenario.Target,
            Arms = arms,
            RatePerSecond = usedPilot is null ? scenario.Load.RatePerSecond!.Value : RateFrom(usedPilot),
            Pilot = usedPilot,
            Levels = LevelsOf(scenario with { Design = design }, usedPilot),
            ClosedLoop = ClosedLoopLevel.Of(scenario.Load, scenario.Target, scenario.Variants, design, usedPilot?.CapacityPerSecond[usedPilot.SlowestArm]),
            Arrivals = scenario.Load.Arrivals,
            MaxInFlight = scenario.Load.MaxInFlight,
            Generator = scenario.Load.Generator,
            LaunchSets = launchSets,
            Rounds = BatchWindow.RoundsOf(scenario.Target, scenario.Variants, design),
            StatedRounds = scenario.Design.Rounds,
            SliceSeconds = design.Slice.TotalSeconds,
            WarmUpSeconds = design.WarmUp.TotalSeconds,
            WarmUpLimitSeconds = design.WarmUpLimit.TotalSeconds,
            BudgetSeconds = design.Budget.TotalSeconds,
            Runtime = design.Runtime,
            Placement = placement,
            Seed = design.Seed,
            Visibility = scenario.TraceRetention,
            Decision = scenario.Decision,
            PracticalThresholds = PracticalThresholds(scenario),
            Thresholds = [.. scenario.Thresholds.Select(threshold => threshold.Text)],
        };
    }

    /// <summary>The arms of a scenario: baseline, its control, then the other variants in file order.</summary>
    /// <exception cref="ArgumentException">The scenario has no variant called like its baseline.</exception>
    public static IReadOnlyList<PlannedArm> Arms(Scenario scenario)
    {
        var baseline = scenario.Variants.FirstOrDefault(variant => variant.Name == scenario.Baseline)
            ?? throw new ArgumentException($"The baseline {scenario.Baseline} is not a variant of scenario {scenario.Name}. Load the scenario from a file, which is checked.", nameof(scenario));
        var others = scenario.Variants.Where(variant => variant.Name != scenario.Baseline);
        return
        [
            Arm(baseline, ArmRole.Baseline),
            new PlannedArm(scenario.ControlName, scenario.ControlFileStem, $"The control: {baseline.Name} once more, nothing changed", ArmRole.Control, baseline.Environment) { Tail = baseline.Tail, BackEnd = baseline.BackEnd, Program = baseline.Program },
            .. others.Select(variant => Arm(variant, ArmRole.Variant)),
        ];
    }

    /// <summary>The rate of a plan, to three significant digits: the share of the slowest arm's capacity, or what open loop allowed of it.</summary>
    public static double RateFrom(PilotResult pilot) => Rounded(pilot.OpenLoop?.RatePerSecond ?? pilot.SharePerSecond);

    private static LoadLevel[] LevelsOf(Scenario scenario, PilotResult? pilot) => pilot is null
        ? []
        : [.. scenario.Load.Levels.Select(share => new LoadLevel(share, Rounded(share * pilot.OpenLoopCapacityPerSecond), BatchWindow.LevelRounds(scenario.Target, scenario.Variants, scenario.Design)))];

    private static double Rounded(double rate) => double.Parse(rate.ToString($"G{RateDigits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static PlannedArm Arm(Variant variant, ArmRole role) => new(variant.Name, variant.Name, variant.Meaning, role, variant.Environment) { Tail = variant.Tail, BackEnd = variant.BackEnd, Program = variant.Program };

    private static PilotResult RequirePilot(PilotResult? pilot, Scenario scenario)
    {
        if (pilot is null)
        {
            throw new ArgumentException($"Scenario {scenario.Name} leaves the rate to a pilot, and there is none. Run one, or fix load.rate.", nameof(pilot));
        }

        var missing = scenario.Variants.Select(variant => variant.Name).Append(pilot.SlowestArm)
            .FirstOrDefault(name => !pilot.CapacityPerSecond.ContainsKey(name));
        return missing is null
            ? pilot
            : throw new ArgumentException($"The pilot of scenario {scenario.Name} has no capacity of arm {missing}. Measure every variant.", nameof(pilot));
    }

    private static OrderedDictionary<MetricId, double> PracticalThresholds(Scenario scenario) => new(
        MetricCatalog.All.Select(metric => KeyValuePair.Create(
            metric.Id,
            scenario.PracticalThresholds.TryGetValue(metric.Id, out var threshold) ? threshold : metric.PracticalThreshold)));
}
