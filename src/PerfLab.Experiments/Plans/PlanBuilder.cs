using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Plans;

/// <summary>Makes a plan of a scenario and what the pilot saw.</summary>
public static class PlanBuilder
{
    // Before a pilot has seen the capacity, arms are warmed at a rate that any service bears.
    private const double RateWithoutPilotPerSecond = 100;

    /// <summary>Makes the plan.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="pilot">What the pilot saw; null makes a draft to run the pilot with.</param>
    /// <param name="placement">Which processors do what; null where they cannot be placed.</param>
    /// <param name="launchSets">Valid launch sets wanted.</param>
    public static Plan Build(Scenario scenario, PilotResult? pilot, Placement? placement, int launchSets) => new()
    {
        FormatVersion = Plan.CurrentFormatVersion,
        Scenario = scenario.Name,
        Question = scenario.Question,
        Target = scenario.Target,
        Arms = ArmsOf(scenario),
        RatePerSecond = scenario.Load.RatePerSecond ?? RateOf(pilot),
        Pilot = pilot,
        Arrivals = scenario.Load.Arrivals,
        MaxInFlight = scenario.Load.MaxInFlight,
        LaunchSets = launchSets,
        Rounds = scenario.Design.Rounds,
        SliceSeconds = scenario.Design.Slice.TotalSeconds,
        WarmUpSeconds = scenario.Design.WarmUp.TotalSeconds,
        WarmUpLimitSeconds = scenario.Design.WarmUpLimit.TotalSeconds,
        BudgetSeconds = scenario.Design.Budget.TotalSeconds,
        Runtime = scenario.Design.Runtime,
        Placement = placement,
        Seed = scenario.Design.Seed,
        PracticalThresholds = MetricCatalogue.All.ToDictionary(
            metric => metric.Id,
            metric => scenario.PracticalThresholds.GetValueOrDefault(metric.Id, metric.PracticalThreshold)),
    };

    private static List<PlannedArm> ArmsOf(Scenario scenario)
    {
        var baseline = scenario.Variants.Single(variant => string.Equals(variant.Name, scenario.Baseline, StringComparison.Ordinal));
        return
        [
            new PlannedArm(baseline.Name, baseline.Name, baseline.Meaning, ArmRole.Baseline, baseline.Environment),
            new PlannedArm(baseline.Name + "'", baseline.Name + ".control", "The baseline once more: what differs here is noise.", ArmRole.Control, baseline.Environment),
            .. scenario.Variants
                .Where(variant => variant != baseline)
                .Select(variant => new PlannedArm(variant.Name, variant.Name, variant.Meaning, ArmRole.Variant, variant.Environment)),
        ];
    }

    private static double RateOf(PilotResult? pilot)
    {
        if (pilot is null)
        {
            return RateWithoutPilotPerSecond;
        }

        var rate = pilot.CapacityPerSecond[pilot.SlowestArm] * pilot.CapacityShare;
        var step = Math.Pow(10, Math.Floor(Math.Log10(rate)) - 2);
        return Math.Round(rate / step) * step;
    }
}
