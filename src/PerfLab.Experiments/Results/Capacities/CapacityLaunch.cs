namespace PerfLab.Experiments.Results.Capacities;

/// <summary>One launch set: every arm as fresh processes, all searched side by side.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Arms">The arms in plan order.</param>
public sealed record CapacityLaunch(int Number, IReadOnlyList<CapacityArm> Arms);
