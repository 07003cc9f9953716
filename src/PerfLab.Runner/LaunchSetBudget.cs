using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner;

/// <summary>Fits the number of launch sets into the time allowed, before the first of them is measured.</summary>
public static class LaunchSetBudget
{
    // Stopping all processes with a last flush takes about this long; see docs/measurement.md.
    private const double StopSeconds = 2;

    // Readings between slices, voided rounds, a slower launch set now and then: a plan that is too full is not completed.
    private const double Margin = 1.08;

    /// <summary>Estimates how long one launch set takes.</summary>
    /// <param name="design">The design.</param>
    /// <param name="armCount">Arms, the control among them.</param>
    /// <param name="startSeconds">Time to start all arms.</param>
    /// <param name="warmUpSeconds">Time to warm up all arms by hard work; null where nothing is known of it.</param>
    /// <param name="furtherSeconds">What load levels, trace retention and the wait for the last exports take after the measured rounds.</param>
    public static double SecondsPerLaunchSet(DesignDefinition design, int armCount, double startSeconds, double? warmUpSeconds, double furtherSeconds) =>
        Margin * (startSeconds
        + (warmUpSeconds + (armCount * WarmUpPhase.SettlingTime.TotalSeconds) ?? armCount * design.WarmUp.TotalSeconds)
        + ((design.Rounds + 1) * armCount * design.Slice.TotalSeconds)
        + furtherSeconds
        + StopSeconds);

    /// <summary>Gets how many launch sets the rest of the budget holds; may be 0.</summary>
    /// <param name="design">The design.</param>
    /// <param name="armCount">Arms, the control among them.</param>
    /// <param name="observed">What the pilot saw.</param>
    /// <param name="elapsedSeconds">Time already used of the budget.</param>
    /// <param name="furtherSeconds">What load levels and trace retention take after the measured rounds.</param>
    internal static int Affordable(DesignDefinition design, int armCount, PilotObservation observed, double elapsedSeconds, double furtherSeconds) =>
        (int)Math.Max(0, (design.Budget.TotalSeconds - elapsedSeconds) / SecondsPerLaunchSet(design, armCount, observed.StartSeconds, observed.WarmUpSeconds, furtherSeconds + observed.LastBatchSeconds));

    /// <summary>Gets how many launch sets there can be in all when some of this session have been measured.</summary>
    /// <param name="valid">Launch sets that count so far, those of earlier sessions among them.</param>
    /// <param name="measured">Launch sets that this session measured, whether they count or not; at least 1.</param>
    /// <param name="elapsed">Time that this session used.</param>
    /// <param name="budget">Time that it has.</param>
    internal static int Affordable(int valid, int measured, TimeSpan elapsed, TimeSpan budget) =>
        valid + Math.Max(0, (int)((budget - elapsed) / (elapsed / measured)));

    /// <summary>
    /// Gets the rounds to plan: those stated where the budget holds the launch sets that a verdict takes, else the most with which it
    /// holds one more than them, else the fewest if that is enough for them. A run that ends before any verdict is possible is
    /// worth nothing, and one whose launch sets are shorter is only less precise.
    /// </summary>
    /// <param name="stated">Rounds without regard to the budget.</param>
    /// <param name="fewest">The fewest that a launch set may have.</param>
    /// <param name="needed">Launch sets that a verdict takes.</param>
    /// <param name="affordable">Gets the launch sets that the budget holds with so many rounds; the fewer rounds the more.</param>
    internal static int Rounds(int stated, int fewest, int needed, Func<int, int> affordable)
    {
        if (affordable(stated) >= needed || fewest >= stated || affordable(fewest) < needed)
        {
            return stated;
        }

        var rounds = stated - 1;
        while (rounds > fewest && affordable(rounds) <= needed)
        {
            rounds--;
        }

        return rounds;
    }

    /// <summary>Gets how many launch sets to plan: as many as wanted, fewer when the budget is short, never fewer than the floor.</summary>
    /// <param name="design">The design.</param>
    /// <param name="affordable">Launch sets that the budget holds.</param>
    /// <param name="floor">Launch sets below which no verdict is possible (docs/statistics.md).</param>
    internal static int Fit(DesignDefinition design, int affordable, int floor) =>
        Math.Clamp(affordable, Math.Min(floor, design.LaunchSets), design.LaunchSets);
}
