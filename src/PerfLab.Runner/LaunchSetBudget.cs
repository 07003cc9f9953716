using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner;

/// <summary>Fits the number of launch sets into the time allowed, before the first of them is measured.</summary>
internal static class LaunchSetBudget
{
    // Stopping all processes with a last flush takes about this long; see docs/measurement.md.
    private const double StopSeconds = 2;

    // Readings between slices, voided rounds, a slower launch set now and then: a plan that is too full is not completed.
    private const double Margin = 1.08;

    /// <summary>Estimates how long one launch set takes.</summary>
    /// <param name="design">The design.</param>
    /// <param name="armCount">Arms, the control among them.</param>
    /// <param name="observed">What the pilot saw.</param>
    /// <param name="visibilitySeconds">What finding out what one sees takes after the measured rounds.</param>
    public static double SecondsPerLaunchSet(DesignDefinition design, int armCount, PilotObservation observed, double visibilitySeconds) =>
        Margin * (observed.StartSeconds
        + (observed.WarmUpSeconds + (armCount * WarmUpPhase.SettlingTime.TotalSeconds) ?? armCount * design.WarmUp.TotalSeconds)
        + ((design.Rounds + 1) * armCount * design.Slice.TotalSeconds)
        + visibilitySeconds
        + StopSeconds);

    /// <summary>Gets how many launch sets to plan: as many as wanted, fewer when the budget is short, never fewer than the floor.</summary>
    /// <param name="design">The design.</param>
    /// <param name="armCount">Arms, the control among them.</param>
    /// <param name="observed">What the pilot saw.</param>
    /// <param name="elapsedSeconds">Time already used of the budget.</param>
    /// <param name="visibilitySeconds">What finding out what one sees takes after the measured rounds.</param>
    /// <param name="floor">Launch sets below which no verdict is possible (docs/statistics.md).</param>
    public static int Fit(DesignDefinition design, int armCount, PilotObservation observed, double elapsedSeconds, double visibilitySeconds, int floor)
    {
        var left = design.Budget.TotalSeconds - elapsedSeconds;
        var affordable = (int)(left / SecondsPerLaunchSet(design, armCount, observed, visibilitySeconds));
        return Math.Clamp(affordable, Math.Min(floor, design.LaunchSets), design.LaunchSets);
    }
}

/// <summary>Fixes the number of launch sets from how far they spread, where a scenario states a precision.</summary>
public interface ILaunchSetSizing
{
    /// <summary>Gets how many launch sets must be there before the number can be fixed; 0 when the spread is known beforehand.</summary>
    int PilotLaunchSets { get; }

    /// <summary>Fixes the number.</summary>
    /// <param name="plan">The plan so far.</param>
    /// <param name="launches">The launch sets that are there and count.</param>
    /// <param name="affordable">Launch sets that fit the budget, those among them.</param>
    /// <returns>The plan with its number of launch sets and the reason for it.</returns>
    Plan Choose(Plan plan, IReadOnlyList<LaunchRecord> launches, int affordable);
}
