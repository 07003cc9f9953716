using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Runs;

/// <summary>Fits the number of launch sets into the time allowed, before the first of them is measured.</summary>
internal static class LaunchSetBudget
{
    // Stopping all processes with a last flush takes about this long; see docs/measurement.md.
    private const double StopSeconds = 2;

    /// <summary>Estimates how long one launch set takes.</summary>
    /// <param name="design">The design.</param>
    /// <param name="armCount">Arms, the control among them.</param>
    /// <param name="startSeconds">Time to start all arms.</param>
    public static double SecondsPerLaunchSet(DesignDefinition design, int armCount, double startSeconds) =>
        startSeconds
        + (armCount * (design.WarmUp + design.WarmUpLimit).TotalSeconds / 2)
        + ((design.Rounds + 1) * armCount * design.Slice.TotalSeconds)
        + StopSeconds;

    /// <summary>Gets how many launch sets to plan: as many as wanted, fewer when the budget is short, never fewer than the floor.</summary>
    /// <param name="design">The design.</param>
    /// <param name="armCount">Arms, the control among them.</param>
    /// <param name="startSeconds">Time to start all arms.</param>
    /// <param name="elapsedSeconds">Time already used of the budget.</param>
    /// <param name="floor">Launch sets below which no verdict is possible (docs/statistics.md).</param>
    public static int Fit(DesignDefinition design, int armCount, double startSeconds, double elapsedSeconds, int floor)
    {
        var left = design.Budget.TotalSeconds - elapsedSeconds;
        var affordable = (int)(left / SecondsPerLaunchSet(design, armCount, startSeconds));
        return Math.Clamp(affordable, Math.Min(floor, design.LaunchSets), design.LaunchSets);
    }
}
